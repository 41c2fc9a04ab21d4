/**
 * What is bundled here runs as another user than the one who builds it, so everybody may read it, whatever the umask
 * is.
 */
process.umask(0o022);
