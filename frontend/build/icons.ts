import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/**
 * Collects the Tabler icons that templates, Python and TypeScript name and writes them as one SVG sprite,
 * `icons.svg`. In templates and TypeScript an icon is named as `{% icon "users" %}`, `icon="users"` or `icon("users")`,
 * and a name that Tabler does not have fails the build. In Python icons are arguments like any other, so every
 * string that happens to be an icon's name is taken: a few too many cost a few hundred bytes.
 */
const NAMED = /(?:\{%\s*icon\s+|\bicon(?:_end)?\s*[=:]\s*|\bicon\(\s*)["']([a-z0-9][a-z0-9-]*)["']/g;
const QUOTED = /["']([a-z0-9][a-z0-9-]*)["']/g;

export function namesIn(text: string, pattern = NAMED): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !["static", "node_modules", "tests", "__pycache__"].includes(entry.name))
      yield* filesUnder(path);
    else if (/\.(html|py|ts)$/.test(entry.name) && !entry.name.includes(".test.")) yield path;
  }
}

export function symbol(name: string, svg: string): string {
  const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  const shapes = body.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

export function iconSprite({ sources }: { sources: string }): Plugin {
  const drawings = "node_modules/@tabler/icons/icons/outline";
  const exists = (name: string): boolean => existsSync(join(drawings, `${name}.svg`));
  const namesOf = (file: string): string[] => {
    const text = readFileSync(file, "utf8");
    return file.endsWith(".py") ? namesIn(text, QUOTED).filter(exists) : namesIn(text);
  };
  const build = (): string => {
    const names = new Set([sources, "src"].flatMap((root) => [...filesUnder(root)].flatMap(namesOf)));
    const unknown = [...names].filter((name) => !exists(name));
    if (unknown.length) throw new Error(`No such Tabler icon: ${unknown.join(", ")}`);
    const symbols = [...names].sort().map((name) => symbol(name, readFileSync(join(drawings, `${name}.svg`), "utf8")));
    return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  };
  return {
    name: "icon-sprite",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "icons.svg", source: build() });
    },
  };
}
