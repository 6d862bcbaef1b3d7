export type Country = { code: string; name: string; prefix: string; sample: string };

/** A fictional recipient in each of some countries, from the blocks that are kept for that where there are any. */
export const countries: Country[] = [
  { code: "US", name: "United States", prefix: "+1", sample: "+14155550199" },
  { code: "CA", name: "Canada", prefix: "+1", sample: "+16475550123" },
  { code: "GB", name: "United Kingdom", prefix: "+44", sample: "+447700900123" },
  { code: "DE", name: "Germany", prefix: "+49", sample: "+4915550200123" },
  { code: "FR", name: "France", prefix: "+33", sample: "+33639981234" },
  { code: "ES", name: "Spain", prefix: "+34", sample: "+34612345678" },
  { code: "IT", name: "Italy", prefix: "+39", sample: "+393123456789" },
  { code: "NL", name: "Netherlands", prefix: "+31", sample: "+31612345678" },
  { code: "SE", name: "Sweden", prefix: "+46", sample: "+46701740605" },
  { code: "PL", name: "Poland", prefix: "+48", sample: "+48512345678" },
  { code: "BR", name: "Brazil", prefix: "+55", sample: "+5511961234567" },
  { code: "MX", name: "Mexico", prefix: "+52", sample: "+522221234567" },
  { code: "IN", name: "India", prefix: "+91", sample: "+918123456789" },
  { code: "JP", name: "Japan", prefix: "+81", sample: "+819012345678" },
  { code: "AU", name: "Australia", prefix: "+61", sample: "+61491570156" },
  { code: "ZA", name: "South Africa", prefix: "+27", sample: "+27711234567" },
];

/** The country of a typed recipient, as far as the table goes. */
export function countryOf(number: string): string {
  const bare = number.replace(/^(whatsapp|rcs):/, "");
  if (/^\+1(204|226|236|249|250|263|289|306|343|354|365|367|368|382|387|403|416|418|428|431|437|438|450|468|474|506|514|519|548|579|581|584|587|604|613|639|647|672|683|705|709|742|753|778|780|782|807|819|825|867|873|879|902|905)/.test(bare))
    return "CA";
  return countries.find(({ prefix }) => bare.startsWith(prefix))?.code ?? "";
}
