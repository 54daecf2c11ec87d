/* A TPM for a board that QEMU gives none: Debian's arm64 kernel has no driver for QEMU's, but one for a TPM that a program plays
 * (tpm_vtpm_proxy, Linux Documentation/security/tpm/tpm_vtpm_proxy.rst). The program hands every command on to a swtpm of the host. */
#pragma once

/* `swtpm` is a line to it, taken over. Returns once /dev/tpmrm0 is there, and a child goes on; 0, or 1 when it never came. */
int tpm_bring(int swtpm);
