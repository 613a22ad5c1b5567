/**
 * What is moved in the page loses the focus: the button that moved it gets it back, once the page has changed.
 * @param otherwise has it when the button is now at the end of its way and refuses it
 */
export function focusAgain(button: HTMLElement, otherwise: () => HTMLElement | null | undefined): void {
  setTimeout(() => {
    button.focus();
    if (document.activeElement !== button) otherwise()?.focus();
  }, 0);
}
