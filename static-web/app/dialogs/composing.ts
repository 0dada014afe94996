/** The code of a key that an input method takes. Safari ends the composition before it tells the Enter that ended it. */
const TAKEN = 229;

/** Whether a key belongs to an input method that composes a word: it means nothing to us then. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === TAKEN;
