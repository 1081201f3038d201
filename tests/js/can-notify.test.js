import assert from "node:assert/strict";
import { test } from "node:test";
import { isApplePhone, obstacle } from "../../static/js/lib/can-notify.js";

const ABLE = {
  secure: true,
  worker: true,
  push: true,
  permission: "default",
  apple: false,
  installed: false,
};

test("where a browser can, nothing stands in the way", () => {
  assert.equal(obstacle(ABLE), null);
  assert.equal(obstacle({ ...ABLE, permission: "granted" }), null);
});

test("what is missing is named", () => {
  assert.equal(obstacle({ ...ABLE, secure: false, worker: false }), "insecure");
  assert.equal(obstacle({ ...ABLE, worker: false }), "missing");
  assert.equal(obstacle({ ...ABLE, push: false }), "missing");
  assert.equal(obstacle({ ...ABLE, permission: undefined }), "missing");
  assert.equal(obstacle({ ...ABLE, permission: "denied" }), "denied");
});

test("on an iPhone it is the installed page that can", () => {
  assert.equal(obstacle({ ...ABLE, apple: true, push: false }), "install");
  assert.equal(obstacle({ ...ABLE, apple: true, installed: true }), null);
  assert.equal(obstacle({ ...ABLE, apple: true, installed: true, push: false }), "missing");
});

test("an iPad calls itself a Mac", () => {
  assert.ok(isApplePhone("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", 5));
  assert.ok(isApplePhone("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 5));
  assert.ok(!isApplePhone("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 0));
  assert.ok(!isApplePhone("Mozilla/5.0 (Linux; Android 15)", 5));
});
