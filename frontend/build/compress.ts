import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(js|css|svg)$/;
const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

/** Writes what is text compressed beside itself, once; WhiteNoise hands out what the browser takes. */
export function compress(): Plugin {
  return {
    name: "compress",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const files = Object.keys(bundle).filter((name) => TEXT.test(name));
      await Promise.all(
        files.map(async (name) => {
          const path = join(dir!, name);
          const text = await readFile(path);
          await writeFile(`${path}.br`, await brotli(text));
          await writeFile(`${path}.gz`, await zip(text, { level: 9 }));
        }),
      );
    },
  };
}
