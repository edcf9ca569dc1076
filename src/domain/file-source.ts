/** Which way a daily file came: somebody put it into the folder, an SFTP server had it, it was uploaded. */
export type FileSource = 'folder' | 'sftp' | 'https';
