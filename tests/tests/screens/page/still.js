// What would make two pictures of the same page differ: the time. It is noon of the invented host's day.
(() => {
  const Real = Date;
  const now = Real.UTC(2026, 2, 2, 4);
  globalThis.Date = class extends Real {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(now);
    }
    static now() {
      return now;
    }
  };
})();
