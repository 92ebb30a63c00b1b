/** The one thing of Vite that pages use in their code. */
interface ImportMeta {
  glob<Module>(pattern: string, options: { import: 'default' }): Record<string, () => Promise<Module>>;
}
