// The words of a package's page and README, in each language. Figures are formatted by `Intl` where they are put in.

import type { LegalBasis } from '../../domain/data-map.ts'
import type { Locale } from '../../domain/subject-request.ts'

export interface PackageWords {
  /** What `Intl` formats numbers and dates by. */
  readonly intlLocale: string
  readonly title: { readonly access: string; readonly portability: string }
  readonly intro: { access(organisation: string): string; portability(organisation: string): string }
  readonly keepSafe: string
  readonly reference: string
  readonly createdAt: string
  readonly organisation: string
  readonly contact: string
  readonly dataProtectionOfficer: string
  readonly formats: string
  readonly checksums: string
  readonly contents: string
  readonly empty: string
  readonly system: string
  readonly category: string
  readonly openCsv: string
  readonly openJson: string
  records(count: string, isOne: boolean): string
  preview(shown: string, total: string): string
  moreFields(count: string): string
  readonly files: string
  readonly originalName: string
  readonly size: string
  readonly nothingFound: string
  readonly nothingFoundText: string
  readonly withheld: string
  readonly use: string
  readonly purposes: string
  readonly legalBasis: string
  readonly recipients: string
  readonly retention: string
  readonly source: string
  readonly fromYou: string
  readonly none: string
  readonly location: string
  readonly safeguard: string
  readonly anonymous: string
  readonly processor: string
  readonly automatedDecisions: string
  readonly noAutomatedDecisions: string
  readonly logic: string
  readonly decisionData: string
  readonly significance: string
  readonly consequences: string
  readonly rights: string
  readonly rightsText: string
  readonly authority: string
  readonly fieldDictionary: string
  readonly legalBases: Readonly<Record<LegalBasis, string>>
}

export const PACKAGE_WORDS: Readonly<Record<Locale, PackageWords>> = {
  en: {
    intlLocale: 'en-GB',
    title: { access: 'Your personal data', portability: 'Your data, to take with you' },
    intro: {
      access: organisation => `A copy of the personal data that ${organisation} holds about you, and how it is used.`,
      portability: organisation =>
        `The personal data that you gave to ${organisation} or produced by using its services, in formats that other programs can read.`
    },
    keepSafe: 'This package holds personal data. Keep it where only you can read it.',
    reference: 'Reference',
    createdAt: 'Made on',
    organisation: 'Organisation',
    contact: 'Contact',
    dataProtectionOfficer: 'Data protection officer',
    formats:
      'Each data set is here twice: as CSV, to open in a spreadsheet, and as JSON, which is exact and meant for programs. In the CSV files an apostrophe stands before text that a spreadsheet could take for a formula.',
    checksums: 'manifest.json lists every file with its size and its SHA-256 checksum.',
    contents: 'Your data',
    empty: 'No record was found here.',
    system: 'Kept in',
    category: 'Kind of data',
    openCsv: 'Table (CSV)',
    openJson: 'Exact copy (JSON)',
    records: (count, isOne) => `${count} ${isOne ? 'record' : 'records'}`,
    preview: (shown, total) => `The first ${shown} of ${total} records`,
    moreFields: count => `Fields that are only in the files: ${count}`,
    files: 'Files',
    originalName: 'Name',
    size: 'Size',
    nothingFound: 'Searched, and nothing found',
    nothingFoundText: 'These systems were searched and hold nothing about you.',
    withheld: 'What was left out, and why',
    use: 'How your data is used',
    purposes: 'Purposes',
    legalBasis: 'Legal basis',
    recipients: 'Recipients',
    retention: 'Kept for',
    source: 'Where it came from',
    fromYou: 'From you',
    none: 'None',
    location: 'Place of processing',
    safeguard: 'Safeguard for the transfer to another country',
    anonymous: 'Nothing here can be traced to a person, so nothing here is about you.',
    processor: 'Kept here on behalf of another organisation, which decides about the data and answers for it.',
    automatedDecisions: 'Automated decisions',
    noAutomatedDecisions: 'No decision that affects you legally or in a similar way is made by automated means alone.',
    logic: 'How such a decision is made',
    decisionData: 'Data it rests on',
    significance: 'What it means for you',
    consequences: 'What follows from it',
    rights: 'Your rights',
    rightsText:
      'You may ask for your data to be corrected or erased and for its use to be restricted, and you may object to its use. You may also complain to a supervisory authority and go to court.',
    authority: 'Supervisory authority',
    fieldDictionary: 'schema.json describes the fields of every data set.',
    legalBases: {
      consent: 'Your consent',
      contract: 'A contract with you, or steps you asked for before one',
      legal_obligation: 'A legal obligation',
      vital_interests: 'Vital interests',
      public_task: 'A task in the public interest',
      legitimate_interests: 'Legitimate interests'
    }
  },
  da: {
    intlLocale: 'da-DK',
    title: { access: 'Dine personoplysninger', portability: 'Dine oplysninger, som du kan tage med dig' },
    intro: {
      access: organisation => `En kopi af de personoplysninger, som ${organisation} har om dig, og hvordan de bruges.`,
      portability: organisation =>
        `De personoplysninger, som du har givet ${organisation}, eller som er opstået ved din brug af tjenesterne, i formater, som andre programmer kan læse.`
    },
    keepSafe: 'Pakken indeholder personoplysninger. Opbevar den et sted, hvor kun du kan læse den.',
    reference: 'Reference',
    createdAt: 'Dannet',
    organisation: 'Organisation',
    contact: 'Kontakt',
    dataProtectionOfficer: 'Databeskyttelsesrådgiver',
    formats:
      'Hvert datasæt findes to gange: som CSV, der kan åbnes i et regneark, og som JSON, der er nøjagtig og beregnet til programmer. I CSV-filerne står der en apostrof foran tekst, som et regneark kunne tage for en formel.',
    checksums: 'manifest.json viser hver fil med størrelse og SHA-256-kontrolsum.',
    contents: 'Dine oplysninger',
    empty: 'Der blev ikke fundet noget her.',
    system: 'Opbevares i',
    category: 'Type af oplysninger',
    openCsv: 'Tabel (CSV)',
    openJson: 'Nøjagtig kopi (JSON)',
    records: (count, isOne) => `${count} ${isOne ? 'post' : 'poster'}`,
    preview: (shown, total) => `De første ${shown} af ${total} poster`,
    moreFields: count => `Felter, der kun findes i filerne: ${count}`,
    files: 'Filer',
    originalName: 'Navn',
    size: 'Størrelse',
    nothingFound: 'Gennemsøgt uden at finde noget',
    nothingFoundText: 'Disse systemer er gennemsøgt og indeholder intet om dig.',
    withheld: 'Hvad der er udeladt, og hvorfor',
    use: 'Sådan bruges dine oplysninger',
    purposes: 'Formål',
    legalBasis: 'Retsgrundlag',
    recipients: 'Modtagere',
    retention: 'Opbevares',
    source: 'Hvor de kommer fra',
    fromYou: 'Fra dig',
    none: 'Ingen',
    location: 'Behandlingssted',
    safeguard: 'Garanti ved overførsel til et andet land',
    anonymous: 'Intet her kan føres tilbage til en person, så intet her handler om dig.',
    processor: 'Opbevares her for en anden organisation, som bestemmer over oplysningerne og svarer for dem.',
    automatedDecisions: 'Automatiske afgørelser',
    noAutomatedDecisions:
      'Der træffes ingen afgørelser med retsvirkning eller lignende virkning for dig alene ved automatisk behandling.',
    logic: 'Sådan træffes en sådan afgørelse',
    decisionData: 'Oplysninger, den bygger på',
    significance: 'Hvad den betyder for dig',
    consequences: 'Hvad den fører til',
    rights: 'Dine rettigheder',
    rightsText:
      'Du kan bede om at få dine oplysninger rettet eller slettet og om at få brugen af dem begrænset, og du kan gøre indsigelse mod brugen. Du kan også klage til en tilsynsmyndighed og gå til domstolene.',
    authority: 'Tilsynsmyndighed',
    fieldDictionary: 'schema.json beskriver felterne i hvert datasæt.',
    legalBases: {
      consent: 'Dit samtykke',
      contract: 'En aftale med dig eller skridt, du bad om før en aftale',
      legal_obligation: 'En retlig forpligtelse',
      vital_interests: 'Vitale interesser',
      public_task: 'En opgave i samfundets interesse',
      legitimate_interests: 'Legitime interesser'
    }
  },
  el: {
    intlLocale: 'el-GR',
    title: { access: 'Τα προσωπικά σας δεδομένα', portability: 'Τα δεδομένα σας, για να τα πάρετε μαζί σας' },
    intro: {
      access: organisation =>
        `Αντίγραφο των δεδομένων προσωπικού χαρακτήρα που τηρεί για εσάς ο οργανισμός ${organisation}, και πώς χρησιμοποιούνται.`,
      portability: organisation =>
        `Τα δεδομένα προσωπικού χαρακτήρα που δώσατε στον οργανισμό ${organisation} ή που προέκυψαν από τη χρήση των υπηρεσιών του, σε μορφές που διαβάζουν και άλλα προγράμματα.`
    },
    keepSafe: 'Το πακέτο περιέχει προσωπικά δεδομένα. Φυλάξτε το εκεί όπου μόνο εσείς μπορείτε να το διαβάσετε.',
    reference: 'Αριθμός αναφοράς',
    createdAt: 'Δημιουργήθηκε',
    organisation: 'Οργανισμός',
    contact: 'Επικοινωνία',
    dataProtectionOfficer: 'Υπεύθυνος προστασίας δεδομένων',
    formats:
      'Κάθε σύνολο δεδομένων υπάρχει δύο φορές: ως CSV, για υπολογιστικό φύλλο, και ως JSON, που είναι ακριβές και προορίζεται για προγράμματα. Στα αρχεία CSV μπαίνει απόστροφος πριν από κείμενο που ένα υπολογιστικό φύλλο θα μπορούσε να εκλάβει ως τύπο.',
    checksums: 'Το manifest.json απαριθμεί κάθε αρχείο με το μέγεθος και το άθροισμα ελέγχου SHA-256.',
    contents: 'Τα δεδομένα σας',
    empty: 'Δεν βρέθηκε καμία εγγραφή εδώ.',
    system: 'Τηρείται σε',
    category: 'Είδος δεδομένων',
    openCsv: 'Πίνακας (CSV)',
    openJson: 'Ακριβές αντίγραφο (JSON)',
    records: (count, isOne) => `${count} ${isOne ? 'εγγραφή' : 'εγγραφές'}`,
    preview: (shown, total) => `Οι πρώτες ${shown} από ${total} εγγραφές`,
    moreFields: count => `Πεδία που υπάρχουν μόνο στα αρχεία: ${count}`,
    files: 'Αρχεία',
    originalName: 'Όνομα',
    size: 'Μέγεθος',
    nothingFound: 'Έγινε αναζήτηση και δεν βρέθηκε τίποτα',
    nothingFoundText: 'Στα συστήματα αυτά έγινε αναζήτηση και δεν περιέχουν τίποτα για εσάς.',
    withheld: 'Τι παραλείφθηκε και γιατί',
    use: 'Πώς χρησιμοποιούνται τα δεδομένα σας',
    purposes: 'Σκοποί',
    legalBasis: 'Νομική βάση',
    recipients: 'Αποδέκτες',
    retention: 'Διάρκεια τήρησης',
    source: 'Προέλευση',
    fromYou: 'Από εσάς',
    none: 'Κανένας',
    location: 'Τόπος επεξεργασίας',
    safeguard: 'Εγγύηση για τη διαβίβαση σε άλλη χώρα',
    anonymous: 'Τίποτα εδώ δεν μπορεί να συνδεθεί με πρόσωπο, άρα τίποτα εδώ δεν αφορά εσάς.',
    processor:
      'Τηρείται εδώ για λογαριασμό άλλου οργανισμού, ο οποίος αποφασίζει για τα δεδομένα και λογοδοτεί γι’ αυτά.',
    automatedDecisions: 'Αυτοματοποιημένες αποφάσεις',
    noAutomatedDecisions:
      'Καμία απόφαση με έννομες ή παρόμοιες συνέπειες για εσάς δεν λαμβάνεται μόνο με αυτοματοποιημένα μέσα.',
    logic: 'Πώς λαμβάνεται μια τέτοια απόφαση',
    decisionData: 'Δεδομένα στα οποία βασίζεται',
    significance: 'Τι σημαίνει για εσάς',
    consequences: 'Τι συνεπάγεται',
    rights: 'Τα δικαιώματά σας',
    rightsText:
      'Μπορείτε να ζητήσετε διόρθωση ή διαγραφή των δεδομένων σας και περιορισμό της χρήσης τους, και να αντιταχθείτε στη χρήση τους. Μπορείτε επίσης να υποβάλετε καταγγελία σε εποπτική αρχή και να προσφύγετε στα δικαστήρια.',
    authority: 'Εποπτική αρχή',
    fieldDictionary: 'Το schema.json περιγράφει τα πεδία κάθε συνόλου δεδομένων.',
    legalBases: {
      consent: 'Η συγκατάθεσή σας',
      contract: 'Σύμβαση με εσάς ή ενέργειες που ζητήσατε πριν από αυτήν',
      legal_obligation: 'Έννομη υποχρέωση',
      vital_interests: 'Ζωτικά συμφέροντα',
      public_task: 'Καθήκον προς το δημόσιο συμφέρον',
      legitimate_interests: 'Έννομα συμφέροντα'
    }
  }
}
