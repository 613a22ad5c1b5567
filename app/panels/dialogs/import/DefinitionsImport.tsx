export function DefinitionsImport(_: { text: string; name: string | undefined; onAnother(): void }) {
  return null;
}
