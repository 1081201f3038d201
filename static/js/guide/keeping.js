/* Keeps each stop of a guide on this phone. What keeps and sends is loaded when a session begins, so
   that Prepare is light; until then a stop is in the saved run. */
import { recordOf } from "../lib/stops.js";

export class Keeping {
  #owner;
  #loose;
  #post = null;
  #last = null;
  #kept = null;

  /** `loose` is told of each record that this phone has no room for by itself. */
  constructor(owner, loose) {
    this.#owner = owner;
    this.#loose = loose;
  }

  load() {
    this.#post ??= import("./post.js").then(({ Post }) => new Post(this.#owner));
    this.#post.catch(() => (this.#post = null));
    return this.#post.catch(() => null);
  }

  get isLoaded() {
    return this.#post !== null;
  }

  /** The stop that a trip is at, if anything was pressed there. */
  keep(trip, how) {
    const record = recordOf(trip, this.#owner);
    if (record) this.put(record, how);
  }

  put(record, how) {
    this.#kept = Promise.all([this.#kept, this.#put(record, how)]);
  }

  async #put(record, how) {
    const post = await this.load();
    if (!(await post?.keep(record, how))) this.#loose(record);
  }

  /** The stop before is kept with all that is said of it on the way, and sent when the next begins. */
  follow({ last, zone, run }) {
    if (last === this.#last || run.status === "ended") return;
    this.#last = last;
    if (last) this.keep({ ...last, zone }, { hold: true });
    else this.#settled().then((post) => post?.sendHeld());
  }

  /** Whether anything was to be kept since this page was opened. */
  get hasKept() {
    return this.#kept !== null;
  }

  /** Whether this phone keeps all that was done by now. */
  async isSafe() {
    const post = await this.#settled();
    return (await post?.isSafe()) ?? false;
  }

  /** As Post tells it; undefined where it could not be loaded, and the saved run is all there is. */
  async outcome(ids) {
    const post = await this.#settled();
    return post?.outcome(ids);
  }

  async takeOut() {
    const post = await this.load();
    await post?.takeOut();
  }

  async #settled() {
    await this.#kept;
    return this.load();
  }
}
