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

/** The subjects' page of a tenant. */
export const portalLink = (publicUrl: string, slug: string) => `${publicUrl}/privacy/${slug}`

/** The request as staff and programs read it. */
export const requestLink = (publicUrl: string, requestId: string) => `${publicUrl}/v1/requests/${requestId}`
