// The package an access or portability request ends with: one ZIP that opens anywhere, streamed from the collected data
// into a sink without ever being held.
//
//   data/NNN-name.json, .csv   each dataset        article-15.json   with a copy under Art. 15
//   files/NNN-name.ext         each file           schema.json       with portable data
//   index.html, README.txt     for people          manifest.json     last: what is here, with checksums

import type { Writable } from 'node:stream'
import { decisionsToTell } from '../domain/data-map.ts'
import { type DatasetEntries, writeDataset } from './package/dataset-entries.ts'
import { fileEntry } from './package/entry-names.ts'
import type { Dataset, PackageFacts, PackageFile, WrittenFile } from './package/facts.ts'
import { renderPage } from './package/page.ts'
import { renderReadme } from './package/readme.ts'
import { writeZip, type ZipEntry, type ZipStream } from './package/zip-stream.ts'

export interface PackageContents {
  readonly facts: PackageFacts
  readonly datasets: Iterable<Dataset> | AsyncIterable<Dataset>
  readonly files: Iterable<PackageFile> | AsyncIterable<PackageFile>
}

export interface WrittenPackage {
  readonly entries: readonly ZipEntry[]
  /** Of the ZIP itself, as the person receives it: bytes and SHA-256 in hex. */
  readonly bytes: number
  readonly sha256: string
}

/** Formats that are compressed already, and only cost time to compress again. */
const COMPRESSED =
  /^(?:image\/(?!svg|bmp|tiff)|video\/|audio\/(?!wav)|application\/(?:pdf|zip|gzip|x-7z|x-rar|vnd\.openxmlformats|vnd\.oasis))/

/**
 * Writes a package and ends `sink`. Memory is that of one record and the list of entries, whatever the size.
 *
 * When anything fails, a dataset, a file or the sink, this rejects and the sink is destroyed with the same error: an
 * archive without its end and its manifest is never taken for a package.
 */
export async function writePackage({
  sink,
  ...contents
}: PackageContents & { sink: Writable }): Promise<WrittenPackage> {
  const zip = listEntries(writeZip(sink, new Date(contents.facts.createdAt)))
  try {
    await writeContents(zip, contents)
    const whole = await zip.finish()
    return { entries: zip.entries, ...whole }
  } catch (error) {
    zip.abandon(error instanceof Error ? error : new Error('The package was abandoned.', { cause: error }))
    throw error
  }
}

async function writeContents(zip: ListedZip, { facts, ...contents }: PackageContents): Promise<void> {
  const datasets: DatasetEntries[] = []
  for await (const dataset of contents.datasets) datasets.push(await writeDataset(zip, dataset, datasets.length + 1))

  const files: WrittenFile[] = []
  for await (const file of contents.files) files.push(await writeFile(zip, file, files.length + 1))

  if (facts.information !== null) await zip.add('article-15.json', [toJson(article15(facts))])
  if (facts.right === 'portability') await zip.add('schema.json', [toJson(fieldDictionary(datasets))])

  await zip.add('index.html', renderPage(facts, { datasets, files }))
  await zip.add('README.txt', [renderReadme(facts)])
  await zip.add('manifest.json', [toJson(manifest(facts, datasets, files, zip.entries))])
}

async function writeFile(zip: ZipStream, file: PackageFile, number: number): Promise<WrittenFile> {
  const { originalName, contentType, system, category } = file
  const entry = fileEntry(number, originalName)
  const { bytes } = await zip.add(entry, await file.open(), { compress: !COMPRESSED.test(contentType) })
  return { entry, originalName, contentType, system, category, bytes }
}

/** GDPR Art. 15(1)(a)-(h) and (2) for programs; the page says the same in words. */
function article15({ information, organisation, nothingFoundIn, withheld }: PackageFacts) {
  return {
    controller: organisation,
    systems: information?.systems,
    automatedDecisions: decisionsToTell(information?.systems ?? []),
    rights: ['rectification', 'erasure', 'restriction', 'objection', 'complaint'],
    authority: information?.authority,
    searchedWithoutResult: nothingFoundIn,
    withheld
  }
}

/** One JSON Schema with a definition for each data file, under the file's name. */
function fieldDictionary(datasets: readonly DatasetEntries[]) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: Object.fromEntries(
      datasets.map(({ written, schema }) => [written.json, { title: written.name, ...schema }] as const)
    )
  }
}

function manifest(
  facts: PackageFacts,
  datasets: readonly DatasetEntries[],
  files: readonly WrittenFile[],
  entries: readonly ZipEntry[]
) {
  return {
    format: 'habeas-package',
    version: 1,
    reference: facts.reference,
    right: facts.right,
    organisation: facts.organisation.name,
    locale: facts.locale,
    createdAt: facts.createdAt,
    datasets: datasets.map(({ written }) => written),
    files,
    entries
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

interface ListedZip extends ZipStream {
  readonly entries: readonly ZipEntry[]
}

/** Keeps the list of what was added, for the manifest. */
function listEntries(zip: ZipStream): ListedZip {
  const entries: ZipEntry[] = []
  return {
    ...zip,
    entries,
    async add(...entry) {
      const added = await zip.add(...entry)
      entries.push(added)
      return added
    }
  }
}
