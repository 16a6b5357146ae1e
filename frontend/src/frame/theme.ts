/** The theme is a cookie, so that the server draws the right one at once. */
import { remember } from "./cookies";

type Theme = "auto" | "light" | "dark";

function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
  for (const choice of document.querySelectorAll<HTMLElement>("[data-theme-choice]"))
    choice.ariaChecked = String(choice.dataset.themeChoice === theme);
}

export function toggleTheme(): void {
  const chosen = document.documentElement.dataset.theme;
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  setTheme(dark ? "light" : "dark");
}

document.addEventListener("click", (event) => {
  const choice = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
  if (choice) setTheme(choice.dataset.themeChoice as Theme);
});
