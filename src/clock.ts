// The only place that asks what time it is. Everybody else is told.

export type Clock = () => Date

export const systemClock: Clock = () => new Date()
