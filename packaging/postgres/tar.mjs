// A tar archive that depends on its content only: sorted, without times and owners.
const block = 512;

/**
 * @param {{ path: string, content?: Buffer, link?: string, isProgram?: boolean }[]} entries
 * @returns {Buffer}
 */
export function tar(entries) {
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const parts = sorted.flatMap(({ path, content = Buffer.alloc(0), link = "", isProgram = false }) =>
    [header(path, content.length, link, isProgram), content, Buffer.alloc(-content.length & (block - 1))]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(path, size, link, isProgram) {
  if (Buffer.byteLength(path) > 100 || Buffer.byteLength(link) > 100) throw new Error(`${path} is too long for tar.`);
  const bytes = Buffer.alloc(block);
  const octal = (value, at, length) => bytes.write(value.toString(8).padStart(length - 1, "0"), at);
  bytes.write(path, 0);
  octal(isProgram || link ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  bytes.fill(" ", 148, 156);
  bytes.write(link ? "2" : "0", 156);
  bytes.write(link, 157);
  bytes.write("ustar\0" + "00", 257);
  octal(bytes.reduce((sum, byte) => sum + byte, 0), 148, 7);
  return bytes;
}
