/** A view link's fragment begins so; the digit is the version of the short form. */
export const LINK_PREFIX = "#s1=";
export const LINK_ANY_VERSION = /^#s(\d+)=/;

/** Whether a fragment claims to hold a document, so that a plain anchor is not called a broken link. Known at start, without the code that reads it. */
export const isLink = (fragment: string): boolean => LINK_ANY_VERSION.test(fragment);
