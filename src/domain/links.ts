// Where the links in letters lead. The token is the last part, and only there.

/** The page on which a person proves that they asked. */
export const verificationLink = (publicUrl: string, slug: string, token: string) =>
  `${publicUrl}/privacy/${slug}/verify/${token}`

/** The page that says where a case stands. */
export const statusLink = (publicUrl: string, slug: string, token: string) =>
  `${publicUrl}/privacy/${slug}/status/${token}`

/** The page behind which a package lies. */
export const packageLink = (publicUrl: string, slug: string, token: string) =>
  `${publicUrl}/privacy/${slug}/package/${token}`

/** The page on which the company that decides about the data reads a request that was passed on to it. */
export const forwardedLink = (publicUrl: string, slug: string, token: string) =>
  `${publicUrl}/privacy/${slug}/forwarded/${token}`

/** The subjects' page of a tenant. */
export const portalLink = (publicUrl: string, slug: string) => `${publicUrl}/privacy/${slug}`

/** A report as a page; what it shows and until when is sealed in the token. */
export const reportLink = (publicUrl: string, slug: string, token: string) =>
  `${publicUrl}/privacy/${slug}/reports/${token}`

/** A calendar to subscribe to. Calendar programs send no credentials, so the token has to stand in the address. */
export const calendarLink = (publicUrl: string, token: string) => `${publicUrl}/v1/calendar.ics?token=${token}`

/** A webhook as staff read it. */
export const webhookLink = (publicUrl: string, webhookId: string) => `${publicUrl}/v1/webhooks/${webhookId}`

/** The request as staff and programs read it. */
export const requestLink = (publicUrl: string, requestId: string) => `${publicUrl}/v1/requests/${requestId}`

/** The work list, what is due first on top. */
export const requestListLink = (publicUrl: string) => `${publicUrl}/v1/requests?sort=dueOn`

/**
 * A text with every link that was made for one person leading to the tenant's page instead: whoever else reads it cannot act
 * in their name.
 */
export function withoutPersonalLinks(publicUrl: string, slug: string, text: string): string {
  const portal = portalLink(publicUrl, slug)
  const [start = '', ...rest] = text.split(`${portal}/`)
  return rest.reduce(
    (before, after) => before + portal + (PERSONAL.test(after) ? after.replace(PERSONAL, '') : `/${after}`),
    start
  )
}

const PERSONAL = /^(?:verify|status|package|forwarded)\/[\w-]+/
