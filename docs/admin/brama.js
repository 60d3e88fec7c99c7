/*
 * A view of Spring Boot Admin: the circuits of an instance, the worst first, as its
 * endpoint /actuator/brama shows them. What a circuit or its reason is called is shown as
 * text, never as markup.
 */
(() => {
  const { h, resolveComponent } = globalThis.Vue;

  const EVERY = 5000; // milliseconds

  const RANK = ["OPEN", "HALF_OPEN", "CLOSED", "UNKNOWN"];

  const COLOURS = { OPEN: "#b91c1c", HALF_OPEN: "#b45309", CLOSED: "#15803d", UNKNOWN: "#6b7280" };

  const worstFirst = (a, b) =>
    RANK.indexOf(a.state) - RANK.indexOf(b.state) || a.identifier.localeCompare(b.identifier);

  /** PT1M30.5S as 1m 30s. */
  const words = (duration) =>
    (duration ?? "").replace(/^PT/, "").replace(/\.\d+/, "").replace(/([HMS])/g, "$1 ").trim().toLowerCase();

  const why = (circuit) =>
    [circuit.cause.replaceAll("_", " ").toLowerCase(), circuit.reason, circuit.actor && `by ${circuit.actor}`]
      .filter(Boolean)
      .join(", ");

  const COLUMNS = [
    ["Connection", (c) => c.identifier],
    ["Scope", (c) => c.scope],
    ["State", (c) => h("strong", { style: { color: COLOURS[c.state] } }, c.state.replace("_", " "))],
    ["Since", (c) => new Date(c.since).toLocaleTimeString()],
    ["Trials in", (c) => words(c.remainingOpenTime)],
    ["Why", why],
    ["Failed", (c) => c.calls.failure],
    ["Rejected", (c) => c.calls.rejected],
  ];

  const LONG = ["Connection", "Scope", "Why"];

  /** Only texts from outside may break anywhere. */
  const cell = (name) => ({
    padding: "0.4rem 0.8rem",
    textAlign: "left",
    verticalAlign: "top",
    ...(LONG.includes(name) ? { overflowWrap: "anywhere", minWidth: "7rem" } : { whiteSpace: "nowrap" }),
  });

  const table = (connections) =>
    h("table", { style: { width: "100%" } }, [
      h("thead", h("tr", COLUMNS.map(([name]) => h("th", { style: cell(name) }, name)))),
      h("tbody", connections.map((connection) =>
        h("tr", COLUMNS.map(([name, content]) => h("td", { style: cell(name) }, content(connection)))))),
    ]);

  const view = {
    props: { instance: { type: Object, required: true } },

    data: () => ({ connections: [], problem: null }),

    created() {
      this.refresh();
      this.timer = setInterval(() => this.refresh(), EVERY);
    },

    unmounted() {
      clearInterval(this.timer);
    },

    methods: {
      async refresh() {
        try {
          const answer = await this.instance.axios.get("actuator/brama");
          this.connections = answer.data.connections.toSorted(worstFirst);
          this.problem = null;
        } catch (error) {
          this.problem = `No answer: ${error.message}`;
        }
      },

      dashboard() {
        const url = `${this.instance.registration.managementUrl}/bramadashboard`;
        return this.instance.hasEndpoint("bramadashboard")
          ? h("p", { style: { margin: "1rem 0.8rem" } },
              h("a", { href: url, target: "_blank", rel: "noopener" }, "Dashboard of this instance"))
          : null;
      },
    },

    render() {
      return h("div", { class: "brama", style: { margin: "1.5rem" } },
        h(resolveComponent("sba-panel"), { title: "Circuits of this instance" }, () => [
          this.problem ? h("p", { role: "alert" }, this.problem) : null,
          table(this.connections),
          this.dashboard(),
        ]));
    },
  };

  globalThis.SBA.viewRegistry.addView({
    name: "instances/brama",
    parent: "instances",
    path: "brama",
    component: view,
    label: "Circuits",
    order: 100,
    isEnabled: ({ instance }) => instance.hasEndpoint("brama"),
  });
})();
