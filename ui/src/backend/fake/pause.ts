/** How long the invented host takes; `?slow=30` in the address makes it take so many times as long, to look at jobs. */
const slow = Number(new URLSearchParams(location.search).get('slow')) || 1;

export const isSlow = slow > 1;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms * slow));
