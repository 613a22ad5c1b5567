const NAME = "weir.recent";
const KEPT = 6;

/** Commands that were chosen last come first. @returns ids, newest first */
export function recentCommands(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function remember(id: string): void {
  try {
    const kept = [id, ...recentCommands().filter((other) => other !== id)].slice(0, KEPT);
    localStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // No storage: the list is simply not kept.
  }
}
