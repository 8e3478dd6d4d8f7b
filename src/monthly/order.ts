/** Which bill stands in the way of which: electricity is not sold to whom waste or the house is owed. Pure. */

const WASTE = /chiqindi|чиқинди|чикинди|мусор|отход|тбо|waste|garbage/iu;
const HOUSE =
  /uy-?joy|уй-?жой|shirkat|ширкат|тчсж|тсж|\btsj\b|boshqaruv|бошқарув|жэк|house|condominium/iu;
const POWER = /elektr|электр|svet|свет|electric/iu;

/** From what must be paid first to what waits for it. */
export function blockingRank(serviceName: string): number {
  if (WASTE.test(serviceName)) return 0;
  if (HOUSE.test(serviceName)) return 1;
  return POWER.test(serviceName) ? 3 : 2;
}
