/** The sheet alone goes on paper: it stands beside the page, which the style sheet hides while it is printed. */
export function printSheet(sheet: HTMLElement): void {
  const copy = document.createElement("div");
  copy.dataset.handout = "";
  copy.append(sheet.cloneNode(true));
  document.body.append(copy);
  const tidy = () => {
    removeEventListener("afterprint", tidy);
    copy.remove();
  };
  addEventListener("afterprint", tidy);
  window.print();
}
