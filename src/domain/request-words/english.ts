// How people ask in English. General turns of phrase, none of them from one letter.

import type { RequestWords } from './phrase.ts'

export const ENGLISH: RequestWords = {
  groups: {
    ME: 'i me my mine myself im ive id',
    MY: 'my our mine',
    FILLER:
      'all any of the a an please kindly both and or also every each whole entire full complete for to up on with your that this these those personal private user immediately permanently completely fully everything relating related concerning about regarding from undue delay without_undue_delay',
    BREAK:
      'delete deletion deleting deleted erase erasure erased remove removal removed correct correction rectify rectification restrict restriction transfer portability stop object objection withdraw',
    NOT: 'not dont never cannot cant wont without instead_of rather_than neither nor shouldnt mustnt',
    CHAIN:
      'i you we want wish need ask asking asked like would to please be been have having am are should must may that yet agree authorise authorize allow going the any',
    DATA: 'data information info details record records account accounts profile profiles history personalia',
    PDATA: 'data information info details record records file files profile history logs documents correspondence',
    FIELD:
      'name names surname lastname firstname address addresses email phone telephone mobile number birthday birthdate date_of_birth title data information info details record records entry profile',
    PFIELD:
      'name surname last_name first_name lastname firstname address email phone telephone mobile_number phone_number birthday date_of_birth job_title contact_details personal_details details',
    ABOUT: 'about on of regarding concerning concerns concern relating_to related_to for with',
    SELF: 'me myself us my mine her him',
    HOLD: 'hold holds held have has keep keeps kept store stores stored process processes processed collect collects collected possess maintain retain retained got gathered saved know',
    ASK: 'request requesting requests want wish like grant give giving obtain exercise exercising demand apply right hereby ask asking need provide receive get',
    SEE: 'see know receive get obtain send provide give show disclose access view request requesting inform tell find_out learn want list supply let_me_have',
    COPY: 'copy copies printout transcript overview extract disclosure summary export',
    TRACE:
      'traceability production_records production_data production_history work_records shift operations scans timestamps production_log',
    DELETE:
      'delete deletes deleting deletion erase erasing erasure remove removing removal wipe wiping purge purging destroy destroying destruction eliminate scrub forget anonymise anonymize anonymisation',
    DELETED: 'deleted erased removed wiped purged destroyed anonymised anonymized forgotten',
    SYSTEMS: 'database databases system systems records platform files servers crm everything company',
    CORRECT: 'correct correcting correction corrections rectify rectifying rectification amend amending amendment',
    CORRECTED: 'corrected rectified amended updated changed fixed',
    CHANGE: 'change update updating updated edit fix adjust',
    WRONG:
      'wrong incorrect inaccurate misspelled misspelt outdated out_of_date not_correct not_right not_accurate typo typos spelling_mistake false mistaken obsolete incomplete wrongly incorrectly misspelling',
    RESTRICT:
      'restrict restricting restriction restricted limit limiting limitation limited freeze freezing suspend suspending block blocking quarantine pause',
    USE: 'processing process processed use uses using used usage handling handle tracking track profiling profile analytics analysing analyzing analyse analyze monitoring',
    MOVE: 'transfer transferring transfered transmit move moving send port porting migrate forward export',
    OTHER: 'another other new different competing alternative',
    PROVIDER:
      'provider controller company supplier service vendor platform system software organisation organization employer competitor',
    FORMAT: 'machine_readable machinereadable structured commonly_used json csv xml portable interoperable',
    STOP: 'stop stopping cease discontinue quit halt refrain end',
    SENDING: 'sending send emailing mailing contacting calling texting spamming bothering',
    MARKETING:
      'marketing newsletter newsletters promotional promotion promotions advertising advertisement advertisements adverts ads offers commercial spam mailing mailings campaigns',
    OBJECT: 'object_to objecting_to objection_to objection_against object_against oppose opposing objection',
    WITHDRAW:
      'withdraw withdrawing withdrawal revoke revoking revocation retract retracting rescind take_back taking_back withdrawn',
    CONSENT: 'consent consents permission permissions authorisation authorization opt_in',
    BEHALF:
      'on_behalf_of my_client my_daughter my_son my_child my_mother my_father my_husband my_wife power_of_attorney as_guardian',
    AUTO: 'automated automatic automatically algorithm algorithms algorithmic ai computer machine',
    DECISION: 'decision decisions decided assessment scoring score profiling',
    HUMAN: 'human person someone somebody manual manually employee contest challenge reconsider review',
    REFUSED: 'refusal refused refuse denial denied deny decision rejection rejected declined',
    COMPLAIN: 'complain complaint complaints complaining grievance',
    PRIVACY:
      'privacy gdpr personal_data personal_information my_data my_information data_protection data_breach confidentiality',
    EXERCISE: 'exercise exercising invoke invoking assert under pursuant hereby use claim'
  },
  phrases: {
    access: [
      [3, 'COPY ~ MY _ PDATA'],
      [3, 'COPY ~ PDATA .. ABOUT SELF'],
      [3, 'COPY ~ what .. HOLD .. ABOUT SELF'],
      [3, 'MY _ PDATA ... send|give|get ~ me ~ COPY'],
      [3, '!DELETE what|which|whatever ~ PDATA .. HOLD .. SELF'],
      [3, 'SEE .. PDATA .. HOLD .. ABOUT SELF'],
      [2.5, 'SEE ~ me ~ MY _ data|information|info|records'],
      [2.5, '!DELETE what|everything .. you .. HOLD .. about|on SELF'],
      [2, '!DELETE anything|something|what .. about|on SELF .. SYSTEMS'],
      [2.5, 'BEHALF ... COPY|access .. PDATA'],
      [2.5, 'whether|if .. you .. HOLD .. PDATA .. SELF'],
      [3, 'ASK .. access ~ MY _ PDATA'],
      [3, 'ASK .. access ~ PDATA .. SELF'],
      [3, '@me subject_access_request|data_access_request|dsar|subject_access'],
      [2.5, '^ subject_access_request|data_access_request|dsar|data_subject_access_request'],
      [3, '@me EXERCISE ... right|rights ... access'],
      [2.5, '@me right_of|right_to access|information'],
      [3, 'SEE .. TRACE .. i|me|my'],
      [3, 'TRACE .. HOLD .. about|on SELF']
    ],
    rectification: [
      [3, 'CORRECT ~ MY _ FIELD'],
      [3, 'CORRECT ~ FIELD .. ABOUT SELF'],
      [2, 'CHANGE ~ MY _ PFIELD'],
      [2, 'MY _ PFIELD .. has|have changed'],
      [3, 'MY _ FIELD .. WRONG'],
      [3, 'WRONG ~ FIELD .. SELF'],
      [3, 'WRONG .. MY _ FIELD'],
      [3, 'misspell* .. MY _ name'],
      [3, 'FIELD .. HOLD .. SELF .. WRONG'],
      [3, '@me EXERCISE ... right|rights ... rectification|correction'],
      [3, 'MY _ FIELD .. CORRECT'],
      [3, 'MY _ FIELD .. be|get|gets CORRECTED'],
      [3, 'have|get|want|need ~ MY _ FIELD CORRECTED']
    ],
    erasure: [
      [3, 'DELETE ~ MY _ DATA'],
      [3, 'DELETE ~ DATA .. ABOUT SELF'],
      [3, 'DELETE .. everything|anything|whatever .. SELF'],
      [3, 'DELETE .. SELF and MY _ DATA'],
      [3, 'MY _ DATA .. DELETED'],
      [3, 'everything|anything|all .. SELF .. DELETED'],
      [2.5, 'not want|wish|like|allow .. you .. keep|store|hold|have|retain ~ MY _ DATA'],
      [3, 'DATA .. ABOUT SELF .. DELETED'],
      [3, 'DATA .. SELF .. DELETE it|them|these|this|that|all'],
      [3, 'MY _ DATA ... DELETE it|them|all'],
      [3, 'MY _ DATA .. DELETE'],
      [3, 'delete|erase|forget me|myself'],
      [3, '@me be|being forgotten'],
      [3, 'DELETE me ~ SYSTEMS'],
      [3, 'DELETE ~ MY _ PFIELD .. SYSTEMS'],
      [2, 'DELETE ~ MY _ PFIELD'],
      [2.5, 'BEHALF ... DELETE .. DATA'],
      [2.5, 'BEHALF ... DATA .. DELETED'],
      [1.5, 'close|terminate|cancel|deactivate ~ MY _ account'],
      [3, 'not yet|been? DELETED ~ MY _ DATA'],
      [2, 'ASK .. DELETE ~ PDATA'],
      [3, '@me EXERCISE ... right|rights ... erasure|deletion|forgotten']
    ],
    restriction: [
      [3, 'RESTRICT ~ USE .. MY _ DATA'],
      [3, 'RESTRICT ~ USE .. DATA .. SELF'],
      [3, 'USE .. MY _ DATA .. RESTRICT'],
      [3, 'MY _ PDATA .. RESTRICT'],
      [2.5, 'RESTRICT ~ MY _ PDATA'],
      [3, 'not _ delete|erase|remove .. DATA|it|them ... claim|claims|court|lawsuit|restrict|restriction|evidence'],
      [3, 'keep|store|retain .. DATA|it .. not _ USE'],
      [3, 'while|until|pending ... MY _ DATA .. not _ USE'],
      [3, 'MY _ DATA .. not _ USE ... until|while|pending|for_now'],
      [3, '@me restriction_of processing|use'],
      [3, '@me EXERCISE ... right|rights ... restriction']
    ],
    portability: [
      [3, '@me portab*'],
      [2.5, '^ data_portability'],
      [3, 'MOVE ~ MY _ DATA .. to .. OTHER ~ PROVIDER'],
      [3, 'MOVE ~ MY _ DATA .. directly|straight .. to'],
      [3, 'MY _ DATA .. transferred|moved|transmitted|ported .. to .. OTHER ~ PROVIDER'],
      [3, 'FORMAT .. MY _ PDATA'],
      [3, 'everything|PDATA _ i ... FORMAT'],
      [3, 'MY _ PDATA ... FORMAT'],
      [3, 'DATA .. SELF .. FORMAT'],
      [3, 'take ~ MY _ DATA .. with me|elsewhere'],
      [1.5, 'export|download ~ MY _ PDATA'],
      [3, '@me EXERCISE ... right|rights ... portability']
    ],
    objection: [
      [3, '@me OBJECT ... USE|MARKETING|legitimate_interest|legitimate_interests'],
      [3, 'i hereby|therefore|also|strongly|formally? object ... USE|MARKETING'],
      [3, 'STOP .. USE ~ MY _ DATA|email|name|behaviour'],
      [3, 'STOP ~ USE ~ me'],
      [3, '@me STOP ~ tracking|monitoring|profiling|analysing|analyzing'],
      [3, 'MY _ DATA .. not _ USE .. MARKETING'],
      [3, 'not want|wish|like|agree|allow|permit|authorise|authorize|appreciate .. you|your|being .. USE ~ SELF'],
      [3, 'not want|wish|like ~ MY _ DATA|email|name .. USE'],
      [3, '^ do not|never USE ~ MY _ DATA'],
      [3, '^ please do? not|never USE ~ MY _ DATA'],
      [3, 'you must|may|should|can not|nolonger|no_longer USE ~ MY _ DATA'],
      [3, 'no_longer|not_anymore .. USE ~ MY _ DATA'],
      [3, '@me STOP .. SENDING .. MARKETING|me'],
      [3, '@me not want|wish|receive|send|get|contact .. MARKETING'],
      [3, '@me no_more MARKETING'],
      [2.5, 'DELETE|take|unsubscribe me ~ off|from ~ your|the|all|any|this ~ MARKETING|list|emails|lists'],
      [2.5, '@me opt_out|opting_out .. MARKETING|USE|emails'],
      [3, '@me EXERCISE ... right|rights ... object|objection']
    ],
    withdraw_consent: [
      [3, '@me WITHDRAW .. CONSENT'],
      [3, '@me CONSENT .. WITHDRAW'],
      [3, 'i no_longer consent|agree .. USE']
    ],
    automated_decision: [
      [3, '@me HUMAN ... AUTO ~ DECISION'],
      [3, '@me AUTO ~ DECISION ... HUMAN'],
      [3, '@me AUTO .. made|took .. DECISION'],
      [3, '@me not .. subject_to .. AUTO ~ DECISION']
    ],
    opt_out: [
      [3, 'not sell|sold|selling .. MY _ DATA'],
      [3, '@me STOP ~ selling|sale'],
      [3, '@me opt_out|opting_out .. sale|sell|selling|sharing|sold'],
      [3, 'MY _ DATA .. not .. sold'],
      [3, '^ do_not_sell|dont_sell']
    ],
    limit_use: [
      [3, 'RESTRICT ~ USE .. sensitive'],
      [3, 'sensitive .. PDATA .. RESTRICT']
    ],
    complaint: [
      [3, '@me COMPLAIN ... PRIVACY'],
      [3, 'PRIVACY ... i .. complain|complaint|complaining'],
      [3, '@me unhappy|dissatisfied|disappointed|upset ... PRIVACY'],
      [2.5, 'MY _ DATA .. leaked|misused|exposed|breached|without_my'],
      [2.5, 'leaked|misused|exposed|shared|published .. MY _ DATA .. without']
    ],
    appeal: [
      [3, '@me appeal|appealing .. REFUSED'],
      [3, '@me reconsider|reconsideration .. REFUSED'],
      [3, '@me REFUSED ... reconsider|appeal|overturn'],
      [3, '@me disagree .. REFUSED .. request|data|delete|access']
    ],
    information: [
      [2.5, 'who|whom|which .. share|shared|shares|disclose|disclosed|pass|passed|sell|sold|give|given .. MY _ DATA'],
      [2.5, 'MY _ DATA .. share|shared|disclosed|passed|sold .. with|to'],
      [2.5, 'how_long .. HOLD .. MY _ DATA'],
      [2.5, 'how_long .. MY _ DATA'],
      [2.5, 'where .. HOLD .. MY _ DATA'],
      [2.5, 'where .. MY _ PDATA .. HOLD'],
      [2.5, 'where|how .. get|got|obtain|obtained|find|found .. MY _ DATA|email|name|number|address'],
      [2.5, 'why|how|what .. you .. HOLD|USE|protect ~ MY _ PDATA'],
      [2.5, 'why .. you .. HOLD|USE ~ MY _ FIELD'],
      [2.5, 'MY _ DATA .. affected|involved|compromised'],
      [2.5, 'legal_basis|lawful_basis|purpose|purposes ... MY _ DATA'],
      [2, '^ privacy_inquiry|privacy_enquiry|privacy_question'],
      [2.5, '@me your privacy_practices|privacy_policy_says|data_practices'],
      [2.5, 'breach|incident .. affect|affected|involve|involved .. SELF'],
      [2.5, '@me affected|included .. breach|incident|leak']
    ]
  },
  howTo: [
    'how do|can|could|would|should|to i|we|one|delete|export|get|change|download|remove',
    'is there a way',
    'where do|can i|we',
    '^ can i|we',
    'is it possible'
  ],
  notMeant: [
    'if|when|whenever i|we',
    'what happens ...',
    'i|we|colleague|have|has accidentally|mistakenly|already|just',
    'i|we have|had|like|love|appreciate',
    'refusal|refused|refuse|declined to'
  ],
  toTheReader: ['you have ~ right|rights', 'your right|rights'],
  offers: [
    'help|helps|helping ~ companies|businesses|organisations|organizations|teams|customers|clients|controllers',
    'our platform|solution|tool|product|software|service .. help|helps|automates|makes|lets',
    'show|showing you how our|we'
  ],
  alone: { objection: 'unsubscribe stop please opt out' }
}
