import type { Mail } from './english.ts'

export const DANISH_MAILS: readonly Mail[] = [
  [
    'Anmodning om indsigt',
    'Hej\n\nJeg vil gerne have indsigt i de oplysninger, I har registreret om mig.\n\nMed venlig hilsen\nAnne',
    ['access']
  ],
  ['', 'Hvilke data har I liggende om mig? Send mig venligst en oversigt.', ['access']],
  [
    'Indsigt efter artikel 15',
    'I henhold til databeskyttelsesforordningens artikel 15 anmoder jeg om at få oplyst, om I behandler personoplysninger om mig, og om en kopi af dem.',
    ['access']
  ],
  ['Kopi', 'Kan I sende mig en kopi af alle mine personoplysninger?', ['access']],
  [
    'Data fra mit arbejde',
    'Jeg er ansat hos Nordstål, som bruger jeres system. Jeg vil gerne se, hvilke operationer der er registreret på mig.',
    ['access']
  ],
  ['Slet mig', 'Slet venligst min konto og alle mine data. Tak.', ['erasure']],
  ['Sletning', 'Jeg ønsker at få slettet alle oplysninger, som I har om mig, jf. artikel 17 i GDPR.', ['erasure']],
  ['fratrådt', 'Jeg er ikke længere ansat og vil have mine personoplysninger fjernet fra jeres systemer.', ['erasure']],
  [
    'Indsigt og sletning',
    'Jeg vil først have en kopi af mine data. Derefter skal I slette mig.',
    ['access', 'erasure']
  ],
  ['Retten til at blive glemt', 'Jeg vil gerne gøre brug af min ret til at blive glemt.', ['erasure']],
  ['sletning', 'jeg oensker at faa slettet mine personoplysninger paa jeres side', ['erasure']],
  ['Rykker', 'I har stadig ikke slettet mine oplysninger, selv om jeg bad om det i maj.', ['erasure']],
  [
    'Forkert navn',
    'Mit efternavn er stavet forkert hos jer. Det skal være Sørensen. Vil I rette det?',
    ['rectification']
  ],
  ['Ny adresse', 'Jeg er flyttet. Vil I opdatere min adresse og mit telefonnummer?', ['rectification']],
  [
    'Berigtigelse',
    'Jeg anmoder om berigtigelse af mine oplysninger efter artikel 16 i databeskyttelsesforordningen, da fødselsdatoen ikke er korrekt.',
    ['rectification']
  ],
  [
    'Begrænsning',
    'Jeg anmoder om, at behandlingen af mine personoplysninger begrænses, mens sagen afklares.',
    ['restriction']
  ],
  ['Vent med at slette', 'I må ikke slette mine data, da jeg skal bruge dem som bevis i en retssag.', ['restriction']],
  [
    'Dataportabilitet',
    'Jeg vil gerne have udleveret mine data i et struktureret og maskinlæsbart format (JSON).',
    ['access', 'portability']
  ],
  [
    'Skift',
    'Vil I overføre mine data til en anden udbyder? Jeg benytter mig af min ret til dataportabilitet.',
    ['portability']
  ],
  [
    'Indsigelse',
    'Jeg gør indsigelse mod, at I bruger mine oplysninger til statistik og fejlovervågning.',
    ['objection']
  ],
  ['Nyhedsbrev', 'Jeg ønsker ikke længere at modtage jeres nyhedsbrev.', ['objection']],
  ['Stop', 'Stop med at sende mig reklamer!', ['objection']],
  ['', 'Afmeld', ['objection']],
  ['Samtykke', 'Jeg trækker hermed mit samtykke til brug af mit billede tilbage.', ['withdraw_consent']],
  [
    'Afgørelse',
    'Jeres system har automatisk truffet en afgørelse om mig. Jeg vil have, at et menneske ser på den.',
    ['automated_decision']
  ],
  [
    'Klage',
    'Jeg vil klage over jeres behandling af mine persondata. Min mailadresse er sendt til andre kunder.',
    ['complaint']
  ],
  ['Afslag', 'I har givet mig afslag på sletning. Jeg beder jer om at genoverveje jeres afslag.', ['appeal']],
  ['Spørgsmål', 'Hvem deler I mine oplysninger med, og hvor længe opbevarer I dem?', ['information']],
  ['sletnig', 'Hej, vil i slete mine oplysnigner? Mvh Jens', ['erasure']],

  ['Hjælp', 'Hvordan sletter jeg en konfiguration i appen? Jeg kan ikke finde knappen.', []],
  [
    'Faktura 4711',
    'Kære kunde. Vedhæftet finder du faktura for din konto. Beløbet forfalder om 14 dage. Ret venligst henvendelse, hvis dine oplysninger ikke er korrekte.',
    []
  ],
  [
    'Nyt fra os',
    'Så er der nyt i appen! Du kan nu hente dine data som CSV. Du modtager dette nyhedsbrev, fordi du er tilmeldt. Ønsker du ikke længere at modtage det, kan du afmelde dig her.',
    []
  ],
  [
    'Ny privatlivspolitik',
    'Vi har opdateret vores privatlivspolitik. Du har ret til indsigt, berigtigelse og sletning efter artikel 15-17, og du kan gøre indsigelse mod behandlingen af dine personoplysninger.',
    []
  ],
  ['Virker slet ikke', 'Jeg har slet ikke modtaget min faktura, og eksporten virker slet ikke.', []],
  ['Kan ikke logge ind', 'Jeg kan ikke få adgang til min konto efter opdateringen. Jeg har glemt min adgangskode.', []],
  ['Slettet ved en fejl', 'Jeg har ved en fejl slettet min konto. Kan I gendanne den?', []],
  ['Hvad nu hvis', 'Hvad sker der med mine modeller, hvis jeg sletter min konto?', []],
  ['Slet ikke', 'Slet ikke min konto. Jeg betaler i denne uge.', []],
  [
    'GDPR-værktøj',
    'Hej. Vi hjælper virksomheder med at besvare anmodninger om indsigt efter artikel 15. Må jeg vise dig vores løsning i næste uge?',
    []
  ],
  [
    'Din konto lukkes',
    'Din konto bliver slettet om 24 timer. Bekræft dine oplysninger her for at beholde dine data.',
    []
  ],
  [
    'Møde',
    'Tak for mødet. Jeg har rettet i filen og fjernet den gamle version. Sig til, hvis der er indsigelser mod datoen.',
    []
  ],
  ['Klage over levering', 'Jeg vil klage over den forsinkede levering af ordre 4711.', []],
  ['Varenummer', 'Vi mangler artikel 17 og 20 fra kataloget. Kan I sende mig en kopi af ordrebekræftelsen?', []],
  ['Maskine 3', 'Vil I fjerne den gamle model fra projekt 7 og begrænse lærlingenes adgang til maskinparken?', []],
  ['Tak', 'Tak for hjælpen. I kan lukke sagen.', []],
  ['Flere brugere', 'Vi vil gerne have 20 brugere mere. Kan I sende et tilbud og en kopi af kontrakten?', []],

  ['Persondata', 'Kan I oplyse mig om, hvad I har gemt om mig?', ['access']],
  [
    'Mine oplysninger',
    'Jeg vil bede om at få tilsendt alle de personoplysninger, virksomheden har om mig.',
    ['access']
  ],
  ['Slet', 'Vil I være søde at slette min profil?', ['erasure']],
  ['fjern mig', 'Fjern mig fra jeres database, tak.', ['erasure']],
  ['Oplysninger', 'Jeg vil ikke længere have, at I gemmer mine oplysninger. De skal slettes.', ['erasure']],
  ['navneændring', 'Jeg er blevet gift og hedder nu Madsen. Vil I ændre mit efternavn i systemet?', ['rectification']],
  ['forkert', 'Den adresse, I har på mig, er forkert.', ['rectification']],
  ['ingen reklamer', 'Jeg vil gerne være fri for jeres reklamer.', ['objection']],
  ['Statistik', 'I må ikke bruge mine data til statistik.', ['objection']],
  ['Samtykke', 'Jeg ønsker at tilbagekalde mit samtykke.', ['withdraw_consent']],
  [
    'Flyt data',
    'Jeg skifter system og vil gerne have mine data med i et format, som det nye system kan læse, fx CSV.',
    ['portability']
  ],
  ['Pause', 'Kan I begrænse brugen af mine oplysninger, indtil I har undersøgt sagen?', ['restriction']],
  ['Hvor fra', 'Hvor har I fået min mailadresse fra?', ['information']],
  ['Utilfreds', 'Jeg er utilfreds med, at mine personoplysninger er blevet vist til andre.', ['complaint']],
  ['Indsigt', 'Jeg skal hermed bede om indsigt i mine personoplysninger.', ['access']],
  ['Hvad ved I', 'Jeg vil gerne vide, hvad I ved om mig.', ['access']],
  ['konto', 'Jeg stopper i firmaet. Gider I fjerne min bruger og alt, hvad der hører til?', ['erasure']],
  ['Slet alt', 'I bedes slette alt, hvad I har om mig.', ['erasure']],
  ['Stilling', 'Der står, at jeg er lærling. Det er forkert. Ret venligst min titel.', ['rectification']],
  ['Ny mail', 'Jeg har fået ny mailadresse. Vil I opdatere mine kontaktoplysninger?', ['rectification']],
  ['Mails', 'Lad være med at sende mig flere tilbudsmails.', ['objection']],
  ['Analyse', 'Jeg modsætter mig, at I analyserer min brug af systemet.', ['objection']],
  ['Billede', 'Jeg fortryder mit samtykke til, at I viser mit billede.', ['withdraw_consent']],
  ['Overførsel', 'Jeg ønsker mine data overført til en anden leverandør.', ['portability']],
  ['Pause', 'Frys mine oplysninger, indtil klagen er afgjort.', ['restriction']],
  ['Hvorfor', 'Hvorfor har I mit telefonnummer, og hvad bruger I mine oplysninger til?', ['information']],
  ['Læk', 'Er jeg berørt af databruddet?', ['information']],
  [
    'Aktindsigt',
    'Til rette vedkommende\n\nJeg ønsker at gøre brug af min ret til indsigt efter databeskyttelsesforordningen. Jeg beder om at modtage oplysninger om, hvilke data I behandler, til hvilke formål, og hvem der modtager dem.\n\nVenlig hilsen',
    ['access']
  ],
  [
    'To ting',
    'Jeg vil bede om at få rettet min stilling, som er forkert, og at få tilsendt en kopi af mine data.',
    ['access', 'rectification']
  ],
  [
    'Tidligere medarbejder',
    'Min arbejdsgiver bruger jer ikke mere. Sørg venligst for, at mine oplysninger bliver slettet.',
    ['erasure']
  ],
  ['Fejl', 'Når jeg klikker på slet, forsvinder hele profilsiden. Kan I rette fejlen?', []],
  ['Opsigelse', 'Vi opsiger vores abonnement pr. 31. december.', []],
  ['Kodeord', 'Kan I nulstille min adgangskode?', []],
  ['Import', 'Vi har importeret vores data, men nogle poster mangler. Kan I se på det?', []],
  ['Ansøgning', 'Vedhæftet er mit CV. Jeg håber at høre fra jer.', []],
  ['Kursus', 'Kan I sende oplysninger om kurset til mig?', []],
  ['Ja', 'Ja, det var mig. Koden er 123456.', []],
  ['Nej', 'Nej, det har jeg ikke bedt om.', []],
  ['Forslag', 'Det ville være rart, hvis man kunne slette flere konfigurationer på én gang og eksportere data.', []],
  ['Ordre', 'Ret venligst antallet i min ordre 123 til 5.', []],
  [
    'Databehandleraftale',
    'Kan I underskrive vedlagte databehandleraftale efter artikel 28 i databeskyttelsesforordningen?',
    []
  ],
  ['Rettigheder', 'Hvilke brugerrettigheder skal man have for at slette en tegning?', []],
  ['Backup', 'Hvor længe gemmer I backup af vores tegninger?', []],
  ['Langsomt', 'Systemet stopper, når det behandler mine data. Kan I hjælpe?', []],
  ['GDPR', 'Er I GDPR-compliant, og hvor står jeres servere?', []],
  ['Pris', 'Send mig venligst alle oplysninger om priser.', []],
  ['Rolle', 'Kan I ændre min rolle fra læser til administrator?', []],
  ['Væk', 'Mine data fra sidste uge er væk. Kan I gendanne dem?', []],
  ['Faktura', 'Kan jeg få en kopi af min sidste faktura?', []],
  ['Nyhedsbrev', 'Jeg vil gerne modtage jeres nyhedsbrev.', []],
  ['Dobbelt', 'Vi har maskine M4 to gange. Slet venligst den ene.', []],
  ['Fratrådt kollega', 'Peter er stoppet. Vil I lukke hans adgang?', []],
  ['Ansøgning', 'Jeg trækker min ansøgning tilbage.', []],
  ['Ret', 'Det er ret vigtigt, at mine tegninger bliver klar.', []],
  ['Mødet', 'Jeg har glemt mine papirer hos jer. Kan I sende dem?', []]
]
