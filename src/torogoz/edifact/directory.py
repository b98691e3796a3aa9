"""The segments of the United Nations' directory (UNTDID, EDSD index, D.95A–D.16A): what they are called, no more.

A segment that a message of ours does not have is counted under its tag where the directory has it. Under no other: what
follows an apostrophe that was not released may be the beginning of somebody's name.
"""

from __future__ import annotations

DIRECTORY = frozenset(
    tag
    for line in (
        "ADR AGR AJT ALC ALI APP APR ARD ARR ASI ATT AUT BAS BGM BII BUS CAV CCD CCI CDI CDS CDV CED CIN CLA",
        "CLI CMP CNI CNT COD COM COT CPI CPS CPT CST CTA CUX DAM DFN DGS DII DIM DLI DLM DMS DOC DRD DSG DSI",
        "DTM EDT EFI ELM ELU ELV EMP EQA EQD EQN ERC ERI ERP EVE FCA FII FNS FNT FOR FSQ FTX GDS GEI GID GIN",
        "GIR GIS GOR GPO GRU HAN HYN ICD IDE IFD IHC IMD IND INP INV IRQ LAN LIN LOC MEA MEM MKS MOA MSG MTD",
        "NAD NAT PAC PAI PAS PCC PCD PCI PDI PER PGI PIA PNA POC PRC PRI PRV PSD PTY PYT QRS QTY QUA QVR RCS",
        "REL RFF RJL RNG ROD RSL RTE SAL SCC SCD SEG SEL SEQ SFI SGP SGU SPR SPS STA STC STG STS TAX TCC TDT",
        "TEM TMD TMP TOD TPL TRU TSR VLI",
    )
    for tag in line.split()
)
