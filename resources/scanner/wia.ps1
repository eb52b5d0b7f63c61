# Scans through WIA 2.0 (the automation library wiaaut.dll) and says it in frames on the standard output; a process of
# its own, so that a scanner's driver that crashes or hangs stays outside the counter.
#
# Asked by one line of JSON on the standard input: {"act":"list"} or
# {"act":"scan","device":ID,"source":"glass|feeder|both_sides|auto","dpi":300,"colour":true,"width":210.0,"height":297.0}
# Answers lines of ASCII: DEVICE <id in base64> <name in base64>; PAGE <dpi> <bytes> and then the bytes (a BMP file);
# LACKS <word>; PROBLEM <HRESULT in 8 hex digits>; END. Property numbers and results are those of wiadef.h and wiaerr.h.

$ErrorActionPreference = 'Stop'
$out = [Console]::OpenStandardOutput()

function Say([string]$line) {
    $bytes = [Text.Encoding]::ASCII.GetBytes($line + "`n")
    $out.Write($bytes, 0, $bytes.Length)
    $out.Flush()
}
function Base64([string]$text) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text)) }
function Problem($caught) {
    $inner = $caught.Exception
    while ($inner.InnerException) { $inner = $inner.InnerException }
    Say ('PROBLEM {0:X8}' -f $inner.HResult)
}
function Put($item, [string]$id, $value) {
    if ($item.Properties.Exists($id)) {
        $property = $item.Properties.Item($id)
        if (-not $property.IsReadOnly) { $property.Value = $value }
    }
}
function Nearest($item, [string]$id, [int]$wanted) {
    if (-not $item.Properties.Exists($id)) { return $wanted }
    $property = $item.Properties.Item($id)
    switch ($property.SubType) {
        1 { return [Math]::Min($property.SubTypeMax, [Math]::Max($property.SubTypeMin, $wanted)) }
        2 { return ($property.SubTypeValues | Sort-Object { [Math]::Abs($_ - $wanted) } | Select-Object -First 1) }
        default { return $wanted }
    }
}

$scanner, $feeder, $flatbed, $duplex = 1, 1, 2, 4
$capabilities, $status, $select, $pages = '3086', '3087', '3088', '3096'
$intent, $xdpi, $ydpi, $xpos, $ypos, $xextent, $yextent = '6146', '6147', '6148', '6149', '6150', '6151', '6152'
$bmp = '{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}'
$noPaper = -2145320957  # 0x80210003, WIA_ERROR_PAPER_EMPTY

try {
    $ask = [Console]::In.ReadLine() | ConvertFrom-Json
    $manager = New-Object -ComObject WIA.DeviceManager
    $infos = @($manager.DeviceInfos | Where-Object { $_.Type -eq $scanner })
    if ($ask.act -eq 'list') {
        foreach ($info in $infos) { Say ('DEVICE {0} {1}' -f (Base64 $info.DeviceID), (Base64 $info.Properties.Item('Name').Value)) }
        Say 'END'
        exit 0
    }
    $info = $infos | Where-Object { $_.DeviceID -eq $ask.device } | Select-Object -First 1
    if (-not $info) { Say 'PROBLEM 80210015'; exit 0 }
    $device = $info.Connect()
    $has = if ($device.Properties.Exists($capabilities)) { $device.Properties.Item($capabilities).Value } else { $flatbed }
    $loaded = $device.Properties.Exists($status) -and ($device.Properties.Item($status).Value -band 1)
    $source = $ask.source
    if ($source -eq 'auto') { $source = if (($has -band $feeder) -and $loaded) { 'feeder' } else { 'glass' } }
    $needs = @{ glass = $flatbed; feeder = $feeder; both_sides = $duplex }[$source]
    if (-not ($has -band $needs)) { Say "LACKS $source"; exit 0 }
    $fed = $source -ne 'glass'
    Put $device $select $(if ($source -eq 'both_sides') { $feeder -bor $duplex } elseif ($fed) { $feeder } else { $flatbed })
    if ($fed) { Put $device $pages 1 }
    $item = $device.Items.Item(1)
    Put $item $intent $(if ($ask.colour) { 1 } else { 2 })
    $dpi = Nearest $item $xdpi ([int]$ask.dpi)
    Put $item $xdpi $dpi
    Put $item $ydpi $dpi
    if ($ask.width -gt 0) {
        Put $item $xpos 0
        Put $item $ypos 0
        Put $item $xextent (Nearest $item $xextent ([int]($ask.width / 25.4 * $dpi)))
        Put $item $yextent (Nearest $item $yextent ([int]($ask.height / 25.4 * $dpi)))
    }
    $came = 0
    while ($true) {
        try {
            $bytes = [byte[]]$item.Transfer($bmp).FileData.BinaryData
        } catch {
            $inner = $_.Exception
            while ($inner.InnerException) { $inner = $inner.InnerException }
            if ($fed -and $came -gt 0 -and $inner.HResult -eq $noPaper) { break }
            throw
        }
        Say ('PAGE {0} {1}' -f $dpi, $bytes.Length)
        $out.Write($bytes, 0, $bytes.Length)
        $out.Flush()
        $came++
        if (-not $fed) { break }
    }
    Say 'END'
} catch {
    Problem $_
}
