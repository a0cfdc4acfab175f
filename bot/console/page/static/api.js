// The page's two questions to the server: what do I see, and please do this.

const token = document.querySelector("meta[name=token]").content;
let waiting = null;

export async function look(who, since) {
  waiting = new AbortController();
  const answer = await fetch(`/state?as=${encodeURIComponent(who)}&since=${since}`, {
    headers: { "X-Page-Token": token },
    signal: waiting.signal,
  });
  return read(answer);
}

// Ends the running question, so that the next one is answered at once.
export function lookAgain() {
  waiting?.abort();
}

export async function act(who, name, args = {}) {
  const answer = await fetch("/act", {
    method: "POST",
    headers: { "X-Page-Token": token, "Content-Type": "application/json" },
    body: JSON.stringify({ ...args, as: who, act: name }),
  });
  return read(answer);
}

async function read(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ?? `status ${answer.status}`);
  return body;
}
