/** A kind of work: what is done, and the tags it may carry. */
export interface Work {
  readonly doings: readonly string[];
  readonly combos: readonly (readonly string[])[];
}

/** What has to be done whoever pays. One of these runs through a month. */
export const OVERHEAD: readonly [Work, ...Work[]] = [
  {
    doings: ["Went through the post", "Paid the bills", "Tidied the plan chest", "Wrote the invoices"],
    combos: [["#office"], ["#office", "#taxes"]],
  },
  {
    doings: ["Met the others", "Planned the week", "Read about timber", "Showed the trainee around"],
    combos: [["#studio"], ["#studio", "#learning"]],
  },
];

/** What clients pay for. Two draws of these make a month. */
export const CLIENTS: readonly [Work, ...Work[]] = [
  {
    doings: [
      "Drew the boathouse",
      "Measured the slipway",
      "Checked the pile plan",
      "Called the harbour master",
    ],
    combos: [["#harbour"], ["#harbour", "#drawing"], ["#harbour", "#drawing", "#review"]],
  },
  {
    doings: ["Sketched the cider barn", "Walked the site", "Sorted out the drainage", "Priced the roof"],
    combos: [["#orchard"], ["#orchard", "#site"], ["#orchard", "#drawing", "#roof"]],
  },
  {
    doings: ["Lit the long gallery", "Built the model", "Wrote to the curator", "Chose the plaster"],
    combos: [["#museum"], ["#museum", "#model"], ["#museum", "#light", "#review"]],
  },
  {
    doings: [
      "Surveyed the lamp room",
      "Repaired the stair on paper",
      "Compared the paints",
      "Asked for the permit",
    ],
    combos: [["#lighthouse"], ["#lighthouse", "#site"], ["#lighthouse", "#permit", "#review"]],
  },
];

/** Three tags with a colour of their own, from the palette that is offered first. */
export const COLOURS: Readonly<Record<string, string>> = {
  "#harbour": "#407BC5",
  "#orchard": "#578B35",
  "#museum": "#9760AF",
};

/** The day on which somebody looks at the demo: local hours and minutes, and what was done. */
export const TODAY: readonly (readonly [from: string, to: string, ds: string])[] = [
  ["08:51", "09:34", "Went through the post #office"],
  ["09:34", "10:47", "Drew the boathouse #drawing #harbour"],
  ["11:02", "12:18", "Checked the pile plan #drawing #harbour #review"],
  ["12:56", "13:40", "Met the others #studio"],
  ["13:40", "15:05", "Built the model #model #museum"],
  ["15:12", "16:11", "Wrote to the curator #museum"],
];
