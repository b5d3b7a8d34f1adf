// Why a request may be cancelled by staff.

export const CANCEL_REASONS = ['duplicate', 'spam', 'mistake'] as const
export type CancelReason = (typeof CANCEL_REASONS)[number]
