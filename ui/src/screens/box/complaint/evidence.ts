/// A file that goes with an answer.
import { EVIDENCE_TYPES, type EvidenceFile } from '../../../api/box/complaints';

export const MOST_BYTES = 96 * 1024;
const MOST_NAME = 200;
const BY_ENDING: Record<string, EvidenceFile['type']> = { pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' };

export type NoEvidence = 'fileType' | 'fileTooLarge' | 'fileBad';

/// The file as it is sent, or why it cannot be.
export async function evidenceOf(file: File): Promise<EvidenceFile | NoEvidence> {
  const type = EVIDENCE_TYPES.find((one) => one === file.type) ?? BY_ENDING[file.name.split('.').at(-1)!.toLowerCase()];
  if (!type) return 'fileType';
  if (file.size > MOST_BYTES) return 'fileTooLarge';
  if (file.size === 0) return 'fileBad';
  try {
    // The end of a name says what it is.
    return { name: file.name.slice(-MOST_NAME), type, base64: await base64(file) };
  } catch {
    return 'fileBad';
  }
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*?,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
