/** What a button of the desk carries besides its name: parts between dots. */

export function cut(arg: string): [string, string] {
  const at = arg.lastIndexOf('.');
  return at < 0 ? [arg, ''] : [arg.slice(0, at), arg.slice(at + 1)];
}

/** The number after the last dot of a button's argument; 0 when there is none. */
export function offsetOf(arg: string): { id: string; offset: number } {
  const [id, offset] = cut(arg);
  return { id, offset: /^\d{1,9}$/.test(offset) ? Number(offset) : 0 };
}
