// Bump allocation. The tracker keeps what it allocates (frames, anchors, scratch) and reuses freed blocks on the TypeScript side.
let top: usize = 0;

/** 16-byte aligned block; memory grows as needed and is never given back. */
export function alloc(bytes: i32): usize {
  if (top == 0) top = (__heap_base + 15) & ~15;
  const at = top;
  top = (top + <usize>bytes + 15) & ~15;
  const pages = <i32>((top + 0xffff) >> 16);
  if (<i32>memory.size() < pages) memory.grow(pages - <i32>memory.size());
  return at;
}
