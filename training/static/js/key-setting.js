// Whether single keys do things. A letter alone may be spoken by mistake to a dictation program, so people can turn them off; and letters that
// somebody writes are no keys.

const SETTING = "touchstone.case-keys";

export const keysAreOn = () => localStorage.getItem(SETTING) !== "off";

export const turnKeys = (isOn) => localStorage.setItem(SETTING, isOn ? "on" : "off");

export const isTyping = (element) => element.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true]") !== null;
