// How people ask in Danish, with and without æ, ø and å.

import type { RequestWords } from './phrase.ts'

export const DANISH: RequestWords = {
  groups: {
    ME: 'jeg mig min mit mine',
    MY: 'min mit mine vores',
    FILLER:
      'alle alt al hele samtlige de den det en et af på for til om venligst bedes straks hurtigst muligt snarest og også samt personlige eventuelle øvrige jeres dine disse dette hver eneste fuldstændigt helt i jeg vil have gerne mig at som angående vedrørende omkring',
    BREAK:
      'slet slette sletter slettet sletning slettes fjern fjerne fjernet ret rette rettet berigtige begræns* indsigelse overfør* stop dataportabilitet tilbagekald* træk*',
    NOT: 'ikke aldrig ej uden i_stedet_for frem_for hverken næppe',
    CHAIN:
      'at jeg vil have ønsker ønske du i må skal kan bedes få om gerne bare lige være blive går med men på så har også',
    DATA: 'data oplysninger oplysningerne personoplysninger persondata information informationer konto kontoen profil profilen brugerprofil brugerkonto bruger historik registreringer kundedata brugerdata stamdata kontooplysninger medlemskab abonnementsdata',
    PDATA:
      'data oplysninger oplysningerne personoplysninger persondata information informationer registreringer historik journal dokumenter logfiler kundedata brugerdata stamdata profil',
    FIELD:
      'navn fornavn efternavn adresse mailadresse emailadresse email mail telefon telefonnummer mobilnummer nummer fødselsdato fødselsdag titel stilling stillingsbetegnelse data oplysninger personoplysninger persondata information kontaktoplysninger stamdata profil',
    ABOUT: 'om på vedrørende angående omkring af',
    SELF: 'mig os min mit mine',
    HOLD: 'har haft have opbevarer opbevare opbevaret gemmer gemt gemme behandler behandle behandlet registreret registrerer registrere indsamlet indsamler samlet ligger lagrer lagret ved kender besidder indsamles',
    ASK: 'ønsker ønske vil anmoder anmode anmodning beder bede bedes kræver kræve begærer begæring gerne søger ansøger brug benytte benytter gøre kan må får få give giv',
    SEE: 'se få modtage vide sende send sender udlevere udlever udleveret oplyse oplys oplyst oplyses oversigt liste vise vis give giv indsigt kende informere informeret tilsendt høre fortæl fortælle',
    COPY: 'kopi kopier udskrift oversigt udtræk genpart udlevering afskrift',
    TRACE:
      'sporbarhed sporbarhedsdata produktionsdata produktionshistorik operationer scanninger tidsstempler vagter produktionslog',
    DELETE:
      'slet slette sletter sletning slettes sletter fjern fjerne fjerner fjernes fjernelse destruer destruere destrueret udslet udslette anonymiser anonymisere glem glemme bortskaf ryd',
    DELETED: 'slettet fjernet destrueret udslettet anonymiseret glemt slettes fjernes',
    SYSTEMS:
      'database databaser system systemer systemet databasen kartotek kartoteker platform arkiv arkiver register registre',
    CORRECT:
      'rette rettes rettet retter rettelse berigtige berigtiget berigtigelse korrigere korrigeret korriger korrektion',
    CHANGE: 'ændre ændret ændres ændring opdatere opdateret opdater opdateres udskifte ajourføre ajourført',
    WRONG:
      'forkert forkerte fejl forkerthed stavet forældet forældede ukorrekt ukorrekte urigtig urigtige ufuldstændig ufuldstændige usand usande fejlagtig fejlagtige gammelt gamle stavefejl ikke_korrekt ikke_korrekte ikke_rigtig ikke_rigtige ikke_længere_korrekt',
    RESTRICT:
      'begræns* indskrænk* frys fryse fryses suspender suspendere blokér bloker blokere sæt_på_pause sætte_på_pause stille_i_bero',
    USE: 'behandling behandlingen behandle behandler behandles behandlet brug brugen bruge bruger bruges brugt anvendelse anvende anvender anvendes benytte benytter benyttes registrering tracking tracke sporing spore profilering profilere analyse analysere statistik',
    MOVE: 'overfør overføre overført overføres overførsel flyt flytte flyttet videresend videresende send sende sendt transmittere',
    OTHER: 'anden andet andre ny nye nyt konkurrerende tredje',
    PROVIDER:
      'udbyder udbyderen leverandør virksomhed tjeneste system platform dataansvarlig dataansvarlige firma løsning selskab',
    FORMAT:
      'maskinlæsbart maskinlæsbar maskinlæsbare struktureret strukturerede almindeligt_anvendt almindeligt_anvendte json csv xml',
    STOP: 'stop stoppe ophør ophøre afslut afslutte indstil indstille hold_op hør_op lad_være',
    SENDING: 'sende sender send kontakte kontakter ringe ringer maile mailer skrive skriver udsende',
    MARKETING:
      'markedsføring nyhedsbrev nyhedsbreve nyhedsbrevet nyhedsmail nyhedsmails reklame reklamer reklamemails tilbudsmails tilbud kampagner spam annoncer direkte_markedsføring reklamemateriale mailliste maillisten',
    OBJECT: 'indsigelse indsigelser modsætter modsætte protestere protesterer protest gør_indsigelse gøre_indsigelse',
    WITHDRAW:
      'træk trække trækker trukket tilbagetrækker tilbagetrække tilbagekald tilbagekalde tilbagekalder fortryder fortryde ophæver ophæve tilbagetrækning tilbagekaldelse',
    CONSENT: 'samtykke samtykker samtykket samtykkeerklæring tilladelse accept',
    AUTO: 'automatisk automatiske automatiseret automatiserede algoritme algoritmer algoritmen maskinel computer ai',
    DECISION:
      'afgørelse afgørelsen afgørelser beslutning beslutningen beslutninger vurdering scoring kreditvurdering profilering',
    HUMAN: 'menneske menneskelig medarbejder person nogen genvurdere genvurdering manuel manuelt bestride anfægte',
    REFUSED: 'afslag afslaget afvist afvisning afvisningen afgørelse afgørelsen nægtet',
    COMPLAIN: 'klage klager klagen beklage beklager klagesag utilfreds',
    PRIVACY:
      'persondata personoplysninger databeskyttelse gdpr privatliv mine_data mine_oplysninger databrud fortrolighed datasikkerhed persondatapolitik brud_på_datasikkerheden',
    EXERCISE: 'udøve udøver benytte benytter henhold bruge gøre henviser påberåber ønsker anmoder ifølge'
  },
  phrases: {
    access: [
      [3, 'COPY ~ MY _ PDATA'],
      [3, 'COPY ~ PDATA .. ABOUT SELF'],
      [3, 'COPY ~ hvad .. HOLD .. ABOUT SELF'],
      [3, '!DELETE hvad|hvilke ~ PDATA .. HOLD .. SELF'],
      [3, 'SEE .. PDATA .. HOLD .. SELF'],
      [3, '!DELETE hvad|alt i|man|virksomheden .. HOLD .. om|på|registreret SELF'],
      [2.5, 'om i|virksomheden .. HOLD .. PDATA .. SELF'],
      [3, 'ASK .. indsigt ~ MY _ PDATA'],
      [3, 'ASK .. indsigt ~ hvad|hvilke|PDATA'],
      [3, '@me indsigt .. MY _ PDATA'],
      [3, '@me aktindsigt .. PDATA'],
      [3, '@me subject_access_request|dsar|indsigtsanmodning|indsigtsbegæring|registerindsigt|indsigtsret|egenacces'],
      [2.5, '^ anmodning|begæring om indsigt|registerindsigt'],
      [2.5, '^ indsigtsanmodning|indsigtsbegæring'],
      [3, 'SEE .. MY _ PDATA'],
      [3, '@me EXERCISE ... ret|retten|rettigheder ... indsigt'],
      [3, 'SEE|COPY .. TRACE .. jeg|mig|min|mine'],
      [3, 'TRACE .. HOLD .. om|på SELF']
    ],
    rectification: [
      [3, 'CORRECT ~ MY _ FIELD'],
      [3, 'ret ~ MY _ FIELD'],
      [3, 'CORRECT ~ FIELD .. ABOUT SELF'],
      [2, 'CHANGE ~ MY _ FIELD'],
      [3, 'MY _ FIELD .. WRONG'],
      [3, 'WRONG ~ FIELD .. SELF'],
      [3, 'WRONG ~ i MY _ FIELD'],
      [3, 'stavet ~ MY _ navn|fornavn|efternavn'],
      [3, 'MY _ FIELD .. CORRECT'],
      [2.5, 'FIELD .. HOLD .. SELF .. WRONG'],
      [3, '@me EXERCISE ... ret|retten|rettigheder ... berigtigelse']
    ],
    erasure: [
      [3, 'DELETE ~ MY _ DATA'],
      [3, 'DELETE ~ DATA .. ABOUT SELF'],
      [3, 'DELETE .. alt|hvad .. SELF'],
      [3, 'MY _ DATA .. DELETED'],
      [3, 'alt .. SELF .. DELETED'],
      [2.5, 'ikke .. i .. gemmer|gemme|opbevarer|opbevare|har|have|beholder ~ MY _ DATA'],
      [3, 'DELETED ~ MY _ DATA'],
      [3, 'DELETED ~ DATA .. SELF'],
      [3, 'DATA .. SELF .. DELETED'],
      [3, 'DATA .. SELF .. DELETE dem|det|disse|alt'],
      [3, 'MY _ DATA .. DELETE'],
      [3, 'slet|slette|glem|glemme mig'],
      [3, '@me blive|bliver glemt|slettet'],
      [3, 'DELETE mig ~ fra ~ SYSTEMS'],
      [3, 'DELETE ~ MY _ navn|email|mail .. SYSTEMS'],
      [3, 'sletning ~ MY _ DATA'],
      [1.5, 'luk|lukke|nedlæg|nedlægge|opsige|opsig|lukket ~ MY _ konto|profil|brugerkonto'],
      [3, 'ikke endnu|fået|blevet? DELETED ~ MY _ DATA'],
      [2, 'ASK .. sletning ~ PDATA'],
      [3, '@me EXERCISE ... ret|retten|rettigheder ... sletning|glemt']
    ],
    restriction: [
      [3, 'RESTRICT ~ USE .. MY _ DATA'],
      [3, 'RESTRICT ~ USE .. DATA .. SELF'],
      [3, 'USE .. MY _ DATA .. RESTRICT'],
      [3, 'MY _ PDATA .. RESTRICT'],
      [2.5, 'RESTRICT ~ MY _ PDATA'],
      [3, '@me begrænsning|begrænset ~ USE'],
      [3, 'mens|indtil|imens ... MY _ DATA .. ikke _ USE'],
      [3, 'MY _ DATA .. ikke _ USE ... mens|indtil|imens|foreløbig'],
      [3, 'ikke .. USE ~ MY _ DATA .. mens|indtil|imens'],
      [3, 'ikke slette|slet|fjerne .. DATA|dem|det ... retskrav|retssag|bevis|begræns*'],
      [3, 'gem|gemme|opbevar|opbevare|beholde .. DATA|dem .. ikke _ USE'],
      [3, '@me EXERCISE ... ret|retten|rettigheder ... begrænsning']
    ],
    portability: [
      [3, '@me dataportabilitet|portabilitet'],
      [2.5, '^ dataportabilitet'],
      [3, 'MOVE ~ MY _ DATA .. til .. OTHER ~ PROVIDER'],
      [3, 'MOVE ~ MY _ DATA .. direkte'],
      [3, 'MY _ DATA .. MOVE .. til .. OTHER ~ PROVIDER'],
      [3, 'FORMAT .. MY _ PDATA'],
      [3, 'MY _ PDATA ... FORMAT'],
      [3, 'DATA .. SELF .. FORMAT'],
      [3, 'tage ~ MY _ DATA .. med'],
      [1.5, 'eksporter|eksportere|download|downloade ~ MY _ PDATA'],
      [3, '@me EXERCISE ... ret|retten|rettigheder ... dataportabilitet|portabilitet']
    ],
    objection: [
      [3, '@me OBJECT ... USE|MARKETING|legitim*'],
      [3, 'STOP .. USE .. MY _ DATA|email|navn'],
      [3, 'ikke|aldrig .. USE ~ MY _ DATA|email|navn'],
      [3, 'MY _ DATA .. ikke|aldrig .. USE'],
      [3, 'i må ikke .. USE .. MY _ DATA'],
      [3, '@me STOP .. SENDING .. MARKETING|mig|mails'],
      [3, '@me ikke .. modtage|have|få|tilsendt .. MARKETING'],
      [3, '@me ikke .. MARKETING'],
      [3, '@me ikke .. SENDING .. MARKETING'],
      [3, '@me frabede|frabeder|frameld|framelde|afmeld|afmelde .. MARKETING|mig|mails'],
      [3, '@me fri_for .. MARKETING'],
      [2.5, 'DELETE|tag mig ~ fra|af ~ MARKETING|mailinglisten|listen'],
      [3, '@me ikke .. profileres|trackes|spores|overvåges'],
      [3, '@me EXERCISE ... ret|retten|rettigheder ... indsigelse']
    ],
    withdraw_consent: [
      [3, '@me WITHDRAW .. CONSENT'],
      [3, '@me CONSENT .. WITHDRAW'],
      [3, '@me CONSENT .. tilbage'],
      [3, '@me samtykker ikke_længere']
    ],
    automated_decision: [
      [3, '@me HUMAN ... AUTO ~ DECISION'],
      [3, '@me AUTO ~ DECISION ... HUMAN'],
      [3, '@me AUTO .. truffet|traf .. DECISION'],
      [3, '@me DECISION .. truffet|taget .. AUTO .. HUMAN']
    ],
    opt_out: [
      [3, 'ikke|aldrig .. sælge|sælges|solgt|sælger .. MY _ DATA'],
      [3, 'MY _ DATA .. ikke .. sælges|solgt'],
      [3, '@me STOP .. salg|sælge|salget']
    ],
    complaint: [
      [3, '@me COMPLAIN ... PRIVACY'],
      [3, 'PRIVACY ... jeg .. klage|klager|beklager'],
      [2.5, 'MY _ DATA .. lækket|misbrugt|offentliggjort|delt_uden'],
      [2.5, 'lækket|misbrugt|offentliggjort|delt .. MY _ DATA .. uden']
    ],
    appeal: [
      [3, '@me anke|anker|påklage|påklager|klage|klager .. over ~ REFUSED'],
      [3, '@me genoverveje|genoptage|revurdere .. REFUSED'],
      [3, '@me REFUSED ... genoverveje|genoptage|revurdere'],
      [3, '@me uenig .. REFUSED .. anmodning|sletning|indsigt|data']
    ],
    information: [
      [2.5, 'hvem .. deler|delt|videregiver|videregivet|videregives|sælger|solgt|modtager|modtaget .. MY _ DATA'],
      [2.5, 'hvor_længe .. HOLD .. MY _ DATA'],
      [2.5, 'hvor_længe .. MY _ DATA'],
      [2.5, 'hvor .. HOLD .. MY _ DATA'],
      [2.5, 'hvor .. MY _ PDATA .. HOLD'],
      [2.5, 'hvor|hvordan .. fået|får|fundet|fik .. MY _ DATA|FIELD'],
      [2.5, 'hvorfor|hvordan|hvad .. i .. HOLD|USE|beskytter ~ MY _ PDATA'],
      [2.5, 'hvad|hvorfor .. USE .. i .. MY _ PDATA'],
      [2.5, 'hvorfor .. i .. HOLD|USE ~ MY _ FIELD'],
      [2.5, 'MY _ DATA .. berørt|omfattet|kompromitteret'],
      [2.5, 'retsgrundlag|hjemmel|formål|formålet ... MY _ DATA'],
      [2.5, 'databrud|sikkerhedsbrud|læk .. berørt|omfatter|omfattet .. mig|SELF'],
      [2.5, '@me berørt|omfattet .. databrud|databruddet|sikkerhedsbruddet|lækagen']
    ]
  },
  howTo: [
    'hvordan .. jeg|vi|man',
    'hvor .. jeg|vi|man',
    'er det muligt',
    '^ kan jeg|man|vi',
    'hvordan sletter|eksporterer|ændrer|henter|downloader'
  ],
  notMeant: [
    'hvis|når jeg|vi|man',
    'hvad sker ...',
    'jeg|vi|kollega har|havde',
    'har|havde jeg|vi|en_kollega',
    'ved_en_fejl|allerede|kommet_til_at'
  ],
  toTheReader: ['du|i har ~ ret|retten', 'dine|jeres rettigheder|ret'],
  offers: [
    'hjælper|hjælpe|hjælp ~ virksomheder|organisationer|kunder|firmaer|teams',
    'vores løsning|platform|værktøj|produkt|system|software .. hjælper|automatiserer|gør',
    'vise|fortælle dig|jer .. vores'
  ],
  alone: { objection: 'afmeld frameld stop mig venligst' }
}
