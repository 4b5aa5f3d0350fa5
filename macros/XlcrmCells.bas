Attribute VB_Name = "XlcrmCells"
Option Explicit
Option Private Module

' What the functions in cells share: error values, texts with accents, the language.
' Only ASCII here: a text in French stands in braces, {E9} for an e with an acute accent.

Private Const FRENCH As Long = 12
Private Const UI_LANGUAGE As Long = 2

Private mLastFailure As String

' The answer of Python with real error values, so that IFERROR and SIERREUR see them.
Public Function XlcrmResult(ByVal answer As Variant) As Variant
    Dim r As Long, c As Long
    mLastFailure = ""
    If Not IsArray(answer) Then
        XlcrmResult = XlcrmCell(answer)
        Exit Function
    End If
    If XlcrmIsTable(answer) Then
        For r = LBound(answer, 1) To UBound(answer, 1)
            For c = LBound(answer, 2) To UBound(answer, 2)
                If VarType(answer(r, c)) = vbString Then answer(r, c) = XlcrmCell(answer(r, c))
            Next c
        Next r
    Else
        For r = LBound(answer) To UBound(answer)
            answer(r) = XlcrmCell(answer(r))
        Next r
    End If
    XlcrmResult = answer
End Function

' The error value that a cell shows when Python cannot be reached; "Pourquoi ?" tells the reason.
Public Function XlcrmFailure(ByVal reason As String) As Variant
    mLastFailure = reason
    XlcrmFailure = CVErr(xlErrValue)
End Function

Public Function XlcrmLastFailure() As String
    XlcrmLastFailure = mLastFailure
End Function

Private Function XlcrmCell(ByVal answer As Variant) As Variant
    XlcrmCell = answer
    If VarType(answer) <> vbString Then Exit Function
    If Left$(answer, 1) <> Chr$(1) Then Exit Function
    Select Case Mid$(answer, 2)
        Case "#N/A": XlcrmCell = CVErr(xlErrNA)
        Case "#NUM!": XlcrmCell = CVErr(xlErrNum)
        Case Else: XlcrmCell = CVErr(xlErrValue)
    End Select
End Function

Private Function XlcrmIsTable(ByVal values As Variant) As Boolean
    Dim last As Long
    On Error Resume Next
    last = UBound(values, 2)
    XlcrmIsTable = (Err.Number = 0)
    Err.Clear
End Function

' A text whose letters outside ASCII stand in braces as hexadecimal codes.
Public Function XlcrmDecode(ByVal coded As String) As String
    Dim parts() As String, text As String, i As Long, place As Long
    parts = Split(coded, "{")
    text = parts(0)
    For i = 1 To UBound(parts)
        place = InStr(parts(i), "}")
        text = text & ChrW$(CLng("&H" & Left$(parts(i), place - 1))) & Mid$(parts(i), place + 1)
    Next i
    XlcrmDecode = text
End Function

' "fr" where Office speaks French, else "en".
Public Function XlcrmLanguage() As String
    XlcrmLanguage = "en"
    If (Application.LanguageSettings.LanguageID(UI_LANGUAGE) And &H3FF) = FRENCH Then XlcrmLanguage = "fr"
End Function
