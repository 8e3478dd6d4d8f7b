/** Which program this is: for the log, metrics and reports. */
import about from '../../package.json' with { type: 'json' };

export const VERSION: string = about.version;
