/* One store of the phone's IndexedDB; each answer comes when its transaction is complete. */

const DATABASE = "sweetspot";
const VERSION = 1;
const STORES = ["outbox", "kept", "sessions"];
const handles = new WeakMap(); // one for each phone

export function store(name, phone) {
  const read = (act) => transact(phone, name, "readonly", act);
  const write = (act) => transact(phone, name, "readwrite", act);
  return {
    all: () => read((rows, answer) => answer(rows.getAll())),
    get: (id) => read((rows, answer) => answer(rows.get(id))),
    remove: (id) => write((rows) => rows.delete(id)),
    clear: () => write((rows) => rows.clear()),

    /** In one transaction: `how` makes of what is there what is to be (null: gone, undefined: as it was). */
    change: (id, how) =>
      write((rows, answer) => {
        const there = rows.get(id);
        there.addEventListener("success", () => {
          const next = how(there.result);
          answer({ result: next });
          if (next === null) rows.delete(id);
          else if (next !== undefined) rows.put(next);
        });
      }),
  };
}

/** A handle may be dead without having said so: one more try with a new one. */
async function transact(phone, ...what) {
  const handle = await opened(phone);
  try {
    return await inOne(handle, ...what);
  } catch (error) {
    if (error?.name === "QuotaExceededError") throw error;
    forget(phone, handle);
    return inOne(await opened(phone), ...what);
  }
}

function inOne(handle, name, mode, act) {
  return new Promise((resolve, reject) => {
    const transaction = handle.transaction(name, mode, { durability: "strict" });
    let answered = {};
    transaction.addEventListener("complete", () => resolve(answered.result));
    transaction.addEventListener("abort", () => reject(transaction.error));
    act(transaction.objectStore(name), (request) => (answered = request));
  });
}

function opened(phone) {
  if (!handles.has(phone)) handles.set(phone, open(phone));
  return handles.get(phone);
}

function open(phone) {
  const opening = new Promise((resolve, reject) => {
    const request = phone.indexedDB.open(DATABASE, VERSION);
    request.addEventListener("upgradeneeded", () => {
      for (const each of STORES) request.result.createObjectStore(each, { keyPath: "id" });
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
  opening.then(
    (handle) => {
      for (const end of ["close", "versionchange"]) handle.addEventListener(end, () => forget(phone, handle));
    },
    () => handles.delete(phone),
  );
  return opening;
}

function forget(phone, handle) {
  handle.close();
  handles.delete(phone);
}
