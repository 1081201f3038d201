/** The Web Lock that the tab with the guide holds. */
export const GUIDE_LOCK = "guide";
