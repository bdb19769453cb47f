import type { Changelog } from 'keep-a-changelog';
export const FILE: string;
export function readChangelog(text: string): Changelog;
export function release(text: string, version: string, date: Date): string;
export function notesOf(text: string, version: string): string;
