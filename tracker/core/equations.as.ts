// Normal equations of up to eight unknowns: upper triangle, right side in column 8.

const normal: usize = memory.data(8 * 9 * 8, 16);
const solution: usize = memory.data(8 * 8, 16);

/** Address of coefficient (r, c). */
@inline export function at(r: i32, c: i32): usize {
  return normal + <usize>((r * 9 + c) << 3);
}

/** Solves the symmetric positive system of size n in `normal` (column 8 = right side) by Cholesky; false when singular. */
export function solve(n: i32): bool {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let s = load<f64>(at(j, i)); // upper triangle holds the input
      for (let k = 0; k < j; k++) s -= load<f64>(at(i, k)) * load<f64>(at(j, k));
      if (i == j) {
        if (s < 1e-12) return false;
        store<f64>(solution + <usize>(i << 3), Math.sqrt(s));
      } else store<f64>(at(i, j), s / load<f64>(solution + <usize>(j << 3)));
    }
  }
  // diagonal of the factor is in solution; forward, then backward (right side in column 8)
  for (let i = 0; i < n; i++) {
    let s = load<f64>(at(i, 8));
    for (let k = 0; k < i; k++) s -= load<f64>(at(i, k)) * load<f64>(at(k, 8));
    store<f64>(at(i, 8), s / load<f64>(solution + <usize>(i << 3)));
  }
  for (let i = n - 1; i >= 0; i--) {
    let s = load<f64>(at(i, 8));
    for (let k = i + 1; k < n; k++) s -= load<f64>(at(k, i)) * load<f64>(at(k, 8));
    store<f64>(at(i, 8), s / load<f64>(solution + <usize>(i << 3)));
  }
  return true;
}

/** Sets all coefficients to 0. */
export function clearEquations(): void {
  memory.fill(normal, 0, 8 * 9 * 8);
}

@inline function add(r: i32, c: i32, v: f64): void {
  store<f64>(at(r, c), load<f64>(at(r, c)) + v);
}
/** One patch into the normal equations: rows J (2 x freedom), information S. */
export function accumulate(u: f64, v: f64, rx: f64, ry: f64, s00: f64, s01: f64, s11: f64, freedom: i32): void {
  if (freedom == 2) {
    add(0, 0, s00);
    add(0, 1, s01);
    add(1, 1, s11);
    add(0, 8, s00 * rx + s01 * ry);
    add(1, 8, s01 * rx + s11 * ry);
    return;
  }
  const tx = s00 * rx + s01 * ry,
    ty = s01 * rx + s11 * ry;
  // blocks: x part (1,u,v), y part (1,u,v)
  add(0, 0, s00);
  add(0, 1, s00 * u);
  add(0, 2, s00 * v);
  add(0, 3, s01);
  add(0, 4, s01 * u);
  add(0, 5, s01 * v);
  add(1, 1, s00 * u * u);
  add(1, 2, s00 * u * v);
  add(1, 3, s01 * u);
  add(1, 4, s01 * u * u);
  add(1, 5, s01 * u * v);
  add(2, 2, s00 * v * v);
  add(2, 3, s01 * v);
  add(2, 4, s01 * u * v);
  add(2, 5, s01 * v * v);
  add(3, 3, s11);
  add(3, 4, s11 * u);
  add(3, 5, s11 * v);
  add(4, 4, s11 * u * u);
  add(4, 5, s11 * u * v);
  add(5, 5, s11 * v * v);
  add(0, 8, tx);
  add(1, 8, tx * u);
  add(2, 8, tx * v);
  add(3, 8, ty);
  add(4, 8, ty * u);
  add(5, 8, ty * v);
  if (freedom == 6) return;
  // perspective column pair: J6 = (u u, u v), J7 = (u v, v v) times S
  const a0 = s00 * u + s01 * v,
    a1 = s01 * u + s11 * v; // S (u, v)
  add(0, 6, a0 * u);
  add(1, 6, a0 * u * u);
  add(2, 6, a0 * u * v);
  add(3, 6, a1 * u);
  add(4, 6, a1 * u * u);
  add(5, 6, a1 * u * v);
  add(0, 7, a0 * v);
  add(1, 7, a0 * u * v);
  add(2, 7, a0 * v * v);
  add(3, 7, a1 * v);
  add(4, 7, a1 * u * v);
  add(5, 7, a1 * v * v);
  const q = a0 * u + a1 * v;
  add(6, 6, q * u * u);
  add(6, 7, q * u * v);
  add(7, 7, q * v * v);
  const e = u * tx + v * ty;
  add(6, 8, e * u);
  add(7, 8, e * v);
}
