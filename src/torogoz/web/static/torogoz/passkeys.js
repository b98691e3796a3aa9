// Passkeys: a form marked `data-passkey` asks the browser for an answer, puts it into its hidden field, and goes.
// `data-options` holds what the server asks; `data-from` is where to fetch it first. Bytes travel as base64url.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  async function create(asked, form) {
    const options = { ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) } };
    options.excludeCredentials = ids(asked.excludeCredentials);
    const alone = form.elements.passwordless && form.elements.passwordless.checked;
    options.authenticatorSelection = {
      ...asked.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    };
    return navigator.credentials.create({ publicKey: options });
  }

  async function get(asked) {
    const options = { ...asked, challenge: bytes(asked.challenge), allowCredentials: ids(asked.allowCredentials) };
    return navigator.credentials.get({ publicKey: options });
  }

  async function ask(form) {
    let options = form.dataset.options && JSON.parse(form.dataset.options);
    if (form.dataset.from) {
      const answer = await fetch(form.dataset.from, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      options = (await answer.json()).request_options;
    }
    const made = form.dataset.passkey === "create" ? await create(options.publicKey, form) : await get(options.publicKey);
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      clientExtensionResults: made.getClientExtensionResults(),
      response,
    };
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const say = (what, shown) => (form.querySelector(`[data-passkey-${what}]`).hidden = !shown);
    const button = form.querySelector("button[type=submit]");
    if (!window.PublicKeyCredential) {
      say("absent", true);
      button.disabled = true;
      continue;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      say("failed", false);
      button.disabled = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch {
        say("failed", true);
        button.disabled = false;
      }
    });
  }
})();
