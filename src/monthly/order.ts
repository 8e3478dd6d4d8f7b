/**
 * Which bill has to be paid before which: electricity is not sold to somebody who owes for waste or the house. Pure.
 */

const WASTE = /chiqindi|чиқинди|чикинди|мусор|отход|тбо|waste|garbage/iu;
const HOUSE =
  /uy-?joy|уй-?жой|shirkat|ширкат|тчсж|тсж|\btsj\b|boshqaruv|бошқарув|жэк|house|condominium/iu;
const POWER = /elektr|электр|svet|свет|electric/iu;

/** The rank of a service: those that must be paid first have the lowest, those that wait for them the highest. */
export function blockingRank(serviceName: string): number {
  if (WASTE.test(serviceName)) return 0;
  if (HOUSE.test(serviceName)) return 1;
  return POWER.test(serviceName) ? 3 : 2;
}
