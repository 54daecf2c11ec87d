# Which slot is started: A or B, three tries each until Linux says that it is good (board/common/boot_state.h). The state is
# kept twice in a partition of its own, so that a power cut leaves one copy whole; this script writes the older one.
#   mkimage -A arm64 -T script -C none -n OneTrip -d boot.cmd boot.scr
# Partitions: 1 boot.scr (never written again), 2 state, 3 and 4 kernel and root of A, 5 and 6 of B, 7 data.
setenv sector ${loadaddr}
@SELECT@part start @BUS@ @DEVICE@ 2 state_at
setexpr state_next ${state_at} + 1
setenv turn0
setenv turn1
setenv boot_turn
if @BUS@ read ${sector} ${state_at} 1; then
  if env import -c ${sector} 0x200 boot_turn; then setenv turn0 ${boot_turn}; fi
fi
setenv boot_turn
if @BUS@ read ${sector} ${state_next} 1; then
  if env import -c ${sector} 0x200 boot_turn; then setenv turn1 ${boot_turn}; fi
fi
# The newer one follows the other in the round 0 1 2.
setenv newer ${state_at}
setenv older ${state_next}
if test "x${turn0}" = "x"; then setenv newer ${state_next}; setenv older ${state_at}; fi
if test "x${turn0}${turn1}" = "x01" || test "x${turn0}${turn1}" = "x12" || test "x${turn0}${turn1}" = "x20"; then
  setenv newer ${state_next}
  setenv older ${state_at}
fi
setenv boot_turn 0
setenv boot_first A
setenv boot_a 3
setenv boot_b 3
if @BUS@ read ${sector} ${newer} 1; then env import -c ${sector} 0x200 boot_turn boot_first boot_a boot_b; fi
setenv order "A B"
if test "x${boot_first}" = "xB"; then setenv order "B A"; fi
setenv slot
for s in ${order}; do
  if test "x${slot}" = "x"; then
    if test "x${s}" = "xA"; then
      if test ${boot_a} -gt 0; then setexpr boot_a ${boot_a} - 1; setenv slot A; fi
    else
      if test ${boot_b} -gt 0; then setexpr boot_b ${boot_b} - 1; setenv slot B; fi
    fi
  fi
done
# Neither is left: better one more try of each than a dark screen.
if test "x${slot}" = "x"; then setenv slot ${boot_first}; setenv boot_a 1; setenv boot_b 1; fi
if test "x${boot_turn}" = "x0"; then setenv boot_turn 1; elif test "x${boot_turn}" = "x1"; then setenv boot_turn 2; else setenv boot_turn 0; fi
mw.b ${sector} 0 0x200
env export -c -s 0x200 ${sector} boot_a boot_b boot_first boot_turn
@BUS@ write ${sector} ${older} 1
echo OneTrip: slot ${slot}, tries left A ${boot_a} B ${boot_b}
setenv part 3
if test "x${slot}" = "xB"; then setenv part 5; fi
setenv bootargs "@CMDLINE@ onetrip.slot=${slot}"
load @BUS@ @DEVICE@:${part} ${kernel_addr_r} Image
@DTB@load @BUS@ @DEVICE@:${part} ${ramdisk_addr_r} initrd.gz
booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} @TREE@
echo OneTrip: slot ${slot} does not start
reset
