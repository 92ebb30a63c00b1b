/** How far a recorder is. `why` is in words for a person. */
export type RecorderState =
  | { readonly at: 'idle' }
  | { readonly at: 'starting' }
  | { readonly at: 'recording' }
  | { readonly at: 'paused' }
  | { readonly at: 'sending'; readonly left: number }
  | { readonly at: 'failed'; readonly why: string };
