Attribute VB_Name = "XlcrmRibbon"
Option Explicit

' The callbacks of the ribbon. One answers every button: the tag of a control names the task.

Private Const ROLE_PREFIX As String = "xlcrm_role_"
Private Const ADDIN_NAME As String = "xlcrm.xlam"

Private mRibbon As IRibbonUI
Private mHadData As Boolean

Public Sub XlcrmOnLoad(ribbon As IRibbonUI)
    Set mRibbon = ribbon
End Sub

Public Sub XlcrmOnAction(control As IRibbonControl)
    XlcrmRun control.Tag
End Sub

' Ask for options first. Nothing typed runs nothing: the button itself takes the usual values.
Public Sub XlcrmOnOptions(control As IRibbonControl)
    Dim typed As String
    typed = InputBox(XlcrmControlText(control.ID, "summary"), "xlcrm")
    If Len(typed) > 0 Then XlcrmRun control.Tag, XlcrmHex(typed)
End Sub

Public Sub XlcrmOnTemplate(control As IRibbonControl, selectedId As String, selectedIndex As Integer)
    XlcrmRun "template:" & XlcrmTemplateText(selectedIndex, "name")
End Sub

Public Sub XlcrmGetLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlcrmControlText(control.ID, "label")
End Sub

Public Sub XlcrmGetScreentip(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlcrmControlText(control.ID, "label")
End Sub

Public Sub XlcrmGetSupertip(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlcrmControlText(control.ID, "summary")
End Sub

' What a task needs stands after the colon of a control's tag: data, a result, or nothing.
Public Sub XlcrmGetEnabled(control As IRibbonControl, ByRef returnedVal)
    Select Case Mid$(control.Tag, InStr(control.Tag, ":") + 1)
        Case "data": returnedVal = XlcrmHasData()
        Case "result": returnedVal = XlcrmHasResult()
        Case Else: returnedVal = True
    End Select
End Sub

' A workbook with macros shows its own tab only where the add-in is not there.
Public Sub XlcrmGetVisible(control As IRibbonControl, ByRef returnedVal)
    Dim book As Workbook
    returnedVal = True
    If LCase$(ThisWorkbook.Name) = ADDIN_NAME Then Exit Sub
    On Error Resume Next
    Set book = Workbooks(ADDIN_NAME)
    returnedVal = (book Is Nothing)
    Err.Clear
End Sub

Public Sub XlcrmGetItemCount(control As IRibbonControl, ByRef returnedVal)
    returnedVal = XlcrmTemplateCount()
End Sub

Public Sub XlcrmGetItemID(control As IRibbonControl, index As Integer, ByRef returnedVal)
    returnedVal = "xlcrmTemplate" & index
End Sub

Public Sub XlcrmGetItemLabel(control As IRibbonControl, index As Integer, ByRef returnedVal)
    returnedVal = XlcrmTemplateText(index, "label")
End Sub

Public Sub XlcrmGetItemImage(control As IRibbonControl, index As Integer, ByRef returnedVal)
    returnedVal = XlcrmTemplateText(index, "icon")
End Sub

Public Sub XlcrmGetItemSupertip(control As IRibbonControl, index As Integer, ByRef returnedVal)
    returnedVal = XlcrmTemplateText(index, "summary")
End Sub

' Give the function wizard what each function and argument is for.
Public Sub XlcrmDescribeFunctions()
    XlcrmDescribeAll
End Sub

' Ask Excel to call getEnabled again.
Public Sub XlcrmRefresh()
    If Not mRibbon Is Nothing Then mRibbon.Invalidate
End Sub

' After a change of cells: only where a first value was typed or the last one deleted.
Public Sub XlcrmRefreshIfNeeded()
    If XlcrmHasData() <> mHadData Then XlcrmRefresh
End Sub

Private Sub XlcrmRun(ByVal task As String, Optional ByVal typed As String = "")
    Dim place As Long
    If Left$(task, 9) <> "template:" Then
        place = InStr(task, ":")
        If place > 0 Then task = Left$(task, place - 1)
    End If
    If task = "why" And XlcrmLastFailure() <> "" Then MsgBox XlcrmLastFailure(), vbExclamation, "xlcrm"
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    RunPython "from xlcrm.front.ribbon import run; run('" & task & "', '" & XlcrmLanguage() _
        & "', '" & typed & "')"
    XlcrmRefresh
End Sub

' What was typed, four hexadecimal digits for a character: it passes through a command line.
Private Function XlcrmHex(ByVal text As String) As String
    Dim i As Long, coded As String
    For i = 1 To Len(text)
        coded = coded & Right$("000" & Hex$(AscW(Mid$(text, i, 1)) And &HFFFF&), 4)
    Next i
    XlcrmHex = coded
End Function

Private Function XlcrmHasData() As Boolean
    XlcrmHasData = False
    On Error Resume Next
    XlcrmHasData = (Application.WorksheetFunction.CountA(ActiveSheet.UsedRange) > 1)
    Err.Clear
    mHadData = XlcrmHasData
End Function

Private Function XlcrmHasResult() As Boolean
    Dim defined As Name
    XlcrmHasResult = False
    If ActiveWorkbook Is Nothing Then Exit Function
    For Each defined In ActiveWorkbook.Names
        If Left$(defined.Name, Len(ROLE_PREFIX)) = ROLE_PREFIX Then
            XlcrmHasResult = True
            Exit Function
        End If
    Next defined
End Function
