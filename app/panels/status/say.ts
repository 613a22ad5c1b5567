/** Says something in the page's one polite region. */
export const say = (text: string): void => {
  const region = document.getElementById("spoken");
  if (region) region.textContent = text;
};
