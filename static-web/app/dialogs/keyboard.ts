/** Whether a field may have the focus without a keyboard coming up on the screen. */
export const hasKeyboard = (): boolean => matchMedia("(pointer: fine)").matches;
