/* Ids for what is made on this phone. */
import { uuid7 } from "../lib/uuid7.js";

export const newId = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
