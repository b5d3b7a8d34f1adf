import t from 'tap'
import { guessLanguage } from '../../src/domain/guess-language.ts'

t.test('The language of a text is told by its small words', async t => {
  const rows: [string, string | null][] = [
    ['Please send me a copy of my data.', 'en'],
    ['Delete my account', 'en'],
    ['Hej, jeg vil gerne have slettet mine oplysninger.', 'da'],
    ['Slet mine data', 'da'],
    ['Jeg oensker indsigt i hvad I har om mig', 'da'],
    ['Παρακαλώ διαγράψτε τα δεδομένα μου από το OpifexHQ application.', 'el'],
    ['Parakalo thelo na diagrapsete ta dedomena mou', 'el'],
    ['Bitte löschen Sie meine Daten, ich möchte das nicht mehr.', null],
    ['Je vous demande de supprimer mes données, merci pour votre réponse.', null],
    ['Jag vill att ni raderar mina uppgifter och inte sparar mitt namn', null],
    ['Ik wil dat u mijn gegevens verwijdert, een kopie is niet nodig', null],
    ['GDPR', null],
    ['12345 !!!', null],
    ['', null]
  ]
  for (const [text, language] of rows) t.equal(guessLanguage(text), language, JSON.stringify(text))
})
