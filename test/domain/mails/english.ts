import type { Right } from '../../../src/domain/rights.ts'

/** Subject, text, the rights a careful reader finds in it (none: it is no request), in the order of the domain. */
export type Mail = readonly [subject: string, text: string, rights: readonly Right[]]

export const ENGLISH_MAILS: readonly Mail[] = [
  [
    'Subject access request',
    'Dear Sir or Madam,\n\nI am writing to request a copy of all the personal data you hold about me. Please reply within one month.\n\nRegards, John',
    ['access']
  ],
  ['', 'Hi, what information do you have about me? I would like to see everything you have stored.', ['access']],
  [
    'Request under GDPR',
    'Under Article 15 of the GDPR I hereby ask you to confirm whether you process personal data concerning me, and if so to give me access to them, including the purposes, the recipients, how long you keep my data and the existence of automated decision-making.',
    ['access']
  ],
  [
    'Privacy Inquiry',
    'Hello, I used your platform last year. Could you please tell me which data you have collected on me and who you shared it with?',
    ['access']
  ],
  [
    'My records at Acme Tooling',
    'I work at Acme Tooling, which uses your system. Please send me the production records showing which parts I advanced and when.',
    ['access']
  ],
  ['delete account', 'please delete my account and all my data. thanks', ['erasure']],
  [
    'Leaving',
    'I no longer work for Acme and want my personal information removed from your systems as soon as possible.',
    ['erasure']
  ],
  ['GDPR', 'Send me a copy of my data, then delete me.', ['access', 'erasure']],
  [
    'Right to be forgotten',
    'I wish to exercise my right to be forgotten. Kindly confirm once it is done.',
    ['erasure']
  ],
  [
    'Demo form',
    'Three months ago I filled in your demo form. Please erase the details you keep about me.',
    ['erasure']
  ],
  ['account', 'I asked you in May, and you have still not deleted my data. Please do so now.', ['erasure']],
  ['delte my data', 'Pls delte my personnal informaton. I dont use the app anymore', ['erasure']],
  [
    'Wrong name',
    'My surname is misspelled in your records: it should be Petersen with an e. Please correct it.',
    ['rectification']
  ],
  [
    'New address',
    'Would you please update my phone number and my postal address? The ones you have are outdated.',
    ['rectification']
  ],
  [
    'Art. 16',
    'The date of birth you hold for me is incorrect. I request rectification under Art. 16 GDPR.',
    ['rectification']
  ],
  [
    'Restriction',
    'I contest the accuracy of what you hold. Until this is settled please restrict the processing of my personal data.',
    ['restriction']
  ],
  [
    'Please keep it',
    'Please do not delete my data, I need it as evidence in a court case. Only store it and do not use it for anything else.',
    ['restriction']
  ],
  [
    'Data portability',
    'I would like to receive my personal data in a structured, machine-readable format (JSON or CSV) and have it transferred to another provider.',
    ['portability']
  ],
  ['Moving on', 'We are moving to another tool. Please transfer my data directly to my new provider.', ['portability']],
  ['Objection', 'I object to the use of my data for analytics and error monitoring.', ['objection']],
  ['newsletter', 'Please stop sending me your newsletter. I never signed up for it.', ['objection']],
  ['No more marketing', 'I do not want to receive any marketing emails from you.', ['objection']],
  ['', 'unsubscribe', ['objection']],
  ['Consent', 'I hereby withdraw my consent to the processing of my photo.', ['withdraw_consent']],
  [
    'Art. 21 GDPR',
    'Pursuant to article 21 GDPR I object. In addition I request erasure of my data under article 17.',
    ['erasure', 'objection']
  ],
  [
    'Decision',
    'My application was turned down by an algorithm. I want a human to review the automated decision.',
    ['automated_decision']
  ],
  ['California', 'I am a California resident. Do not sell or share my personal information.', ['opt_out']],
  ['Sensitive data', 'Limit the use of my sensitive personal information to what is necessary.', ['limit_use']],
  [
    'Complaint',
    'I want to make a complaint about the way you handled my personal data. My address was visible to other customers.',
    ['complaint']
  ],
  ['Appeal', 'You refused my deletion request on 3 May. I appeal this decision.', ['appeal']],
  ['Question', 'Who do you share my data with, and how long do you keep it? Where is my data stored?', ['information']],
  [
    'On behalf of my client',
    'I am a solicitor. On behalf of my client, Ms Jones, I request a copy of the personal data you process about her. A mandate is attached.',
    ['access']
  ],

  ['Question', 'How do I delete a configuration in the app? I cannot find the button.', []],
  [
    'Invoice 2026-113',
    'Dear customer, please find attached the invoice for your account. Payment is due within 14 days. If your billing information has changed, let us know.',
    []
  ],
  [
    'September news',
    'New in this version: faster exports! You can now download your data as CSV. You receive this mail because you subscribed. To unsubscribe from our newsletter, click here.',
    []
  ],
  [
    'We updated our privacy policy',
    'You have the right to access, rectify and erase your personal data under Articles 15 to 17 GDPR, and to object to processing. Read more about your rights on our website.',
    []
  ],
  [
    'Your account will be deleted',
    'Dear user, your account will be deleted within 24 hours unless you verify your information. Click the link below to keep your data.',
    []
  ],
  [
    'DSAR automation',
    'Hi, I would love to show you how our platform helps companies answer subject access requests under Article 15 GDPR in minutes. Do you have 15 minutes this week?',
    []
  ],
  ['Login', 'I cannot access my account since the update. I forgot my password and the reset mail never arrives.', []],
  [
    'Restore please',
    'I accidentally deleted my account yesterday. Can you restore it? I need my configurations back.',
    []
  ],
  ['What if', 'What happens to my drawings if I delete my account?', []],
  [
    'Export',
    'The CSV export of the parts list contains wrong dimensions. The object is not visible in the model either. Can you correct the file format?',
    []
  ],
  ['Do not delete', 'Please do not delete my account. I will pay the invoice this week.', []],
  [
    'Upgrade',
    'We want to upgrade our plan to 20 seats. Can you send me a copy of the contract and the price list?',
    []
  ],
  [
    'Meeting',
    'Thank you for the meeting. I have removed the old file and updated the slides; let me know if you object to the new date.',
    []
  ],
  [
    'Broken model',
    'Please remove the broken model from project 7 and restrict the access of trainees to the machine park.',
    []
  ],
  [
    'Complaint about delivery',
    'I want to complain about the late delivery of order 4711. Nobody answers the phone.',
    []
  ],
  ['Re: support', 'Thanks, that solved it. You can close the ticket.', []],

  [
    'Personal data request',
    'Good morning,\n\nCould you let me have all of the information that your company keeps on file regarding me? I understand you have a month to respond.',
    ['access']
  ],
  ['data', 'I want to know what you know about me.', ['access']],
  [
    'Please remove my details',
    "Please take my details off your database. I don't want to be on it any more.",
    ['erasure']
  ],
  [
    'closing down',
    'I am leaving the company at the end of the month. Kindly ensure that everything relating to me is deleted.',
    ['erasure']
  ],
  ['Account closure', 'Please close my account.', ['erasure']],
  ['Typo', 'There is a typo in my first name, it should read Kathrine. Could someone fix this?', ['rectification']],
  ['Email changed', 'My email address has changed; please amend your records accordingly.', ['rectification']],
  ['stop tracking', 'I would like you to stop tracking how I use the app.', ['objection']],
  ['profiling', 'I object to profiling.', ['objection']],
  [
    'consent withdrawal',
    'I previously agreed to be featured as a reference. I am revoking this consent with immediate effect.',
    ['withdraw_consent']
  ],
  [
    'portability',
    'Please provide me with an export of everything I have entered, in JSON, so that I can import it elsewhere.',
    ['portability']
  ],
  ['Freeze', 'While you investigate, my data must not be processed any further.', ['restriction']],
  ['where did you get my email', 'How did you get my email address?', ['information']],
  ['Unhappy', "I'm really unhappy that my personal data was sent to a third party without asking me.", ['complaint']],
  ['Remove', 'Remove me from your mailing list please', ['objection']],
  [
    'Two things',
    '1. Send me all data you have stored about me.\n2. Correct my job title, it is wrong.\n3. Stop using my data for statistics.',
    ['access', 'rectification', 'objection']
  ],
  ['Your refusal', 'I do not accept your refusal to erase my data and ask you to reconsider.', ['appeal']],
  ['Request', 'Pls send me all my personal info you got', ['access']],
  [
    'GDPR request',
    'To whom it may concern: please provide me with full disclosure of any personal data relating to me which is processed by your organisation, the source of it and the recipients.',
    ['access']
  ],
  ['Hello', 'is there anything about me in your database? if yes, i want a copy of it', ['access']],
  ['Account', 'I quit my job last week. Can you wipe my profile?', ['erasure']],
  [
    'Delete',
    'Hi team, I would be grateful if you could delete my user account together with any associated data.',
    ['erasure']
  ],
  ['Old photo', 'My photo on your site must come down. I take back the permission I gave you.', ['withdraw_consent']],
  [
    'My title',
    'You list me as Junior Engineer, which is not right. Please amend my title to Senior Engineer.',
    ['rectification']
  ],
  [
    'No tracking',
    'I hereby object, on grounds relating to my particular situation, to your processing of usage events.',
    ['objection']
  ],
  ['take me off', 'Please take me off all marketing lists.', ['objection']],
  [
    'data transfer',
    'I would like to exercise my right to data portability: send my data straight to Contoso.',
    ['portability']
  ],
  [
    'hold',
    'Please suspend the processing of my details until my complaint about their accuracy is resolved.',
    ['restriction']
  ],
  ['why', 'Why do you process my phone number and on what legal basis?', ['information']],
  ['breach', 'I read about the security incident. Was my data affected?', ['information']],
  [
    'privacy',
    'I wish to lodge a complaint: an employee of yours looked into my personal information without a reason. This is a violation of my privacy.',
    ['complaint']
  ],
  ['my daughter', 'On behalf of my daughter, who is 12, please delete her account and her photos.', ['erasure']],
  [
    'SAR',
    'Dear Data Protection Officer,\n\nPlease supply the data you hold about me, which I am entitled to receive under data protection law. In particular I am interested in the notes of your sales team. If you need more information to confirm my identity, let me know. If you do not deal with such requests yourself, please pass this letter to the right person.\n\nYours faithfully\nA. Smith',
    ['access']
  ],
  [
    'Erasure',
    'Dear all,\n\nwith reference to the General Data Protection Regulation I ask that you erase without undue delay every record that concerns me, and that you inform all recipients of the erasure. Should you refuse, please name your reasons.',
    ['erasure']
  ],
  [
    'three requests',
    'I want: a) a list of the data you hold about me; b) the deletion of my phone number from your CRM; c) no more promotional emails.',
    ['access', 'erasure', 'objection']
  ],
  ['Bug', 'When I click delete, the whole profile page disappears. Please correct this.', []],
  ['Training', 'Can you send information about the training? My colleagues and I would like to attend.', []],
  ['Data import', 'We have imported our data into the system but some records are missing. Could you check?', []],
  ['Contract', 'We terminate our subscription as of 31 December. Please confirm the termination.', []],
  ['Permissions', "Please restrict my colleague's permissions so that he can only view projects.", []],
  ['Password', 'Please change my password.', []],
  ['New hire', 'We hired a new employee. Please add an account with the name Peter Hansen and his email address.', []],
  ['Job application', 'Please find attached my CV. I hope you will keep my information on file.', []],
  ['Re: Your request', 'No, I did not ask for this. Please cancel.', []],
  ['Yes', 'Yes, this was me. My code is 123456.', []],
  [
    'Feature',
    'It would be great if one could delete several configurations at once and if the data table could be exported.',
    []
  ],
  ['Rights', 'Do you know which user rights are needed to delete a drawing?', []],
  ['Order', 'Please correct the quantity in my order 123: it must be 5.', []],
  ['Out of memory', 'The application stops processing my data file after 10 minutes. Can you help?', []],
  ['Survey', 'Please send us your feedback. All information is treated confidentially.', []],
  ['Sync', 'My profile picture is not synchronised with the mobile app.', []],
  ['Backup', 'Do you keep backups of our drawings? How long?', []],
  ['DPA', 'Could you sign the attached data processing agreement (Art. 28 GDPR)? We need it for our records.', []],
  ['Question about GDPR', 'Are you GDPR compliant and where are your servers located?', []],
  ['Quote', 'Please send me all information about your product and pricing.', []],
  ['Role change', 'Please change my role from viewer to admin.', []],
  ['Missing data', 'My data from last week is gone! Please recover it.', []],
  ['Delete duplicates', 'We have two entries for the machine M4. Please delete one of them.', []],
  ['Colleague left', 'Peter has left the company. Please deactivate his licence.', []],
  ['Invoice copy', 'Can I have a copy of my last invoice?', []],
  ['Unsubscribed', 'I have already unsubscribed, thanks.', []],
  ['Webinar', 'I would like to receive your newsletter.', []],
  ['Tracking number', 'Can you send me the tracking number for my parcel?', []],
  ['Object snap', 'How do I turn off object snapping when I process my drawing?', []],
  ['Great', 'I like how you handle my personal data, keep it up!', []],
  ['Job', 'I want to withdraw my application for the position.', []]
]
