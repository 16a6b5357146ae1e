import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/**
 * Collects the Tabler icons that templates, Python and TypeScript name and writes them as one SVG sprite,
 * `icons.svg`. An icon is named as `{% icon "users" %}`, `icon="users"` (component or Python) or
 * `icon("users")` (TypeScript). A name that Tabler does not have fails the build.
 */
const NAMED = /(?:\{%\s*icon\s+|\bicon(?:_end)?\s*[=:]\s*|\bicon\(\s*)["']([a-z0-9][a-z0-9-]*)["']/g;

export function namesIn(text: string): string[] {
  return [...text.matchAll(NAMED)].map((match) => match[1]!);
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !["static", "node_modules", "tests", "__pycache__"].includes(entry.name)) yield* filesUnder(path);
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
  const build = (): string => {
    const names = new Set<string>();
    for (const root of [sources, "src"])
      for (const file of filesUnder(root)) for (const name of namesIn(readFileSync(file, "utf8"))) names.add(name);
    const unknown = [...names].filter((name) => !existsSync(join(drawings, `${name}.svg`)));
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
