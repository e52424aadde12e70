/** The first picture, as index.html has it: stays until there is a page to show. */
export const Splash = () => (
  <div className="splash" aria-hidden>
    <img src="/icon.svg" alt="" width={72} height={72} />
    <strong>MigrateIQ</strong>
  </div>
);
