// What ical.js makes of a calendar: a line for each event, as the other judges say it.
import ICAL from 'ical.js';

/** @returns {{ name: string, at: number | null, day: string | null, runs: number }[]} every event, as ical.js reads it */
export function eventsOf(text) {
  return components(text).map((event) => {
    const start = event.getFirstPropertyValue('dtstart');
    const summary = event.getFirstPropertyValue('summary');
    const [, name, runs] = start.isDate ? /^(.*): ([\d,]+) runs?$/.exec(summary) : [null, summary, '1'];
    return {
      name,
      at: start.isDate ? null : start.toUnixTime(),
      day: start.isDate ? start.toString() : null,
      runs: Number(runs.replaceAll(',', '')),
    };
  });
}

export const calendarReaders = {
  'ical.js': (text) =>
    components(text)
      .map((event) => {
        const [start, duration, summary, description] = ['dtstart', 'duration', 'summary', 'description'].map(
          (name) => event.getFirstPropertyValue(name),
        );
        return [summary, start.isDate ? start.toString() : start.toUnixTime(), duration, description].join(
          '|',
        );
      })
      .sort(),
};

function components(text) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
}
