import { defineConfig } from "vitest/config";
import { compress } from "./build/compress";
import { iconSprite } from "./build/icons";

/** The bundle is written into the Python package, so that the wheel carries it and no machine that runs it needs Node. */
export default defineConfig({
  base: "./",
  plugins: [iconSprite({ sources: "../fairlead" }), compress()],
  build: {
    outDir: "../fairlead/shell/static/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    rollupOptions: { input: { main: "src/main.ts" } },
  },
  server: { port: 5173, strictPort: true, origin: "http://localhost:5173" },
  test: { environment: "jsdom", include: ["src/**/*.test.ts", "build/**/*.test.ts"] },
});
